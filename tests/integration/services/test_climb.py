"""A file climbs: the main stories of the process, through the services, on both databases."""

from tests.world import SHA, World


def test_a_household_climbs_from_the_commune_to_the_chairmans_award(world: World) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    assert world.state(code) == "commune.intake"
    for place in ("xa", "huyen", "snv"):
        world.through_stage(code, place)
    assert world.state(code) == "chairman.check"
    world.do("office.tinh", code, "check", advice="for", reasons="Hồ sơ đầy đủ.")
    from tests.world import SHA

    world.do(
        "clerk.tinh", code, "record_signature", outcome="award", signer="head.tinh", signed_on="2024-03-05",
        signed_file=SHA,
    )  # fmt: skip
    world.number(code, "tinh")
    assert world.state(code) == "awarded"
