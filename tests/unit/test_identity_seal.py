"""A sealed identity number is read again with its key alone."""

from nominations.services.identity import sealed, unsealed

OLD, NEW = ("old", bytes(32)), ("new", bytes(range(32)))
NUMBER = "052070001234"


def test_a_number_is_sealed_and_opened_by_its_key() -> None:
    kept = sealed((NEW, OLD), NUMBER)
    assert NUMBER.encode() not in kept
    assert unsealed((NEW,), kept) == NUMBER
    assert sealed((NEW,), NUMBER) != kept
    assert unsealed((NEW, OLD), sealed((OLD,), NUMBER)) == NUMBER


def test_another_key_or_damage_opens_nothing() -> None:
    kept = sealed((NEW,), NUMBER)
    assert unsealed((OLD,), kept) is None
    assert unsealed((("new", bytes(32)),), kept) is None
    for cut in range(len(kept)):
        assert unsealed((NEW,), kept[:cut]) is None
    assert unsealed((NEW,), b"-") is None
