"""The writer lock: one at a time, in order of arrival, and no place is lost with a thread that gives up."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from nominations.database import WriterLock, create_database_engine, writer_lock, writer_turn

PATIENCE = 30  # seconds after which a thread that should have ended is called stuck


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for another thread's step."""
    tick = threading.Event()
    for _ in range(PATIENCE * 1000):
        if condition():
            return
        tick.wait(0.001)
    raise AssertionError("the other thread did not come")


def queue_up(lock: WriterLock, served: list[int], number: int) -> threading.Thread:
    """Start a thread that takes its turn, and return once it stands in the queue."""

    def take_turn() -> None:
        lock.acquire()
        served.append(number)
        lock.release()

    before = lock.waiting
    thread = threading.Thread(target=take_turn)
    thread.start()
    wait_until(lambda: lock.waiting == before + 1)
    return thread


def test_writers_are_served_in_order_of_arrival() -> None:
    lock, served = WriterLock(), list[int]()
    lock.acquire()
    threads = [queue_up(lock, served, number) for number in range(20)]
    lock.release()
    for thread in threads:
        thread.join(PATIENCE)
    assert served == list(range(20))
    assert lock.waiting == 0


def test_a_newcomer_does_not_overtake() -> None:
    """The one who releases and asks again goes to the end: that is what SQLite's own lock gets wrong."""
    lock, served = WriterLock(), list[int]()
    lock.acquire()
    thread = queue_up(lock, served, 1)
    lock.release()
    lock.acquire()
    served.append(2)
    lock.release()
    thread.join(PATIENCE)
    assert served == [1, 2]


def test_only_one_holds_the_lock() -> None:
    lock, inside, most = WriterLock(), list[int](), list[int]()

    def work() -> None:
        for _ in range(500):
            lock.acquire()
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(most) == 2000
    assert set(most) == {1}


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_thread_that_gives_up_loses_nobody_the_lock(monkeypatch: pytest.MonkeyPatch, *, handed_over: bool) -> None:
    lock = WriterLock()
    lock.acquire()

    def interrupted(_turn: threading.Event) -> None:
        if handed_over:
            lock.release()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            lock.acquire()
    if not handed_over:
        lock.release()
    lock.acquire()
    lock.release()


def test_engines_on_one_file_share_its_lock_and_files_do_not(tmp_path: Path) -> None:
    one, other = (make_url(f"sqlite:///{tmp_path}/{name}.db") for name in ("one", "other"))
    roundabout = make_url(f"sqlite:///{tmp_path}/../{tmp_path.name}/one.db")
    assert writer_lock(one) is writer_lock(roundabout)
    assert writer_lock(one) is not writer_lock(other)


def test_the_turn_ends_with_the_block(tmp_path: Path) -> None:
    engine = create_database_engine(f"sqlite:///{tmp_path}/turn.db")
    with pytest.raises(ZeroDivisionError), writer_turn(engine):
        _ = 1 / 0
    with writer_turn(engine):
        assert writer_lock(engine.url).waiting == 0
    engine.dispose()
