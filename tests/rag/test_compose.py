"""The composition root."""

from threadpoolctl import threadpool_info

from rag.compose import Parts


def test_searches_leave_the_other_cores_to_the_language_model(parts: Parts) -> None:
    assert parts.assistant is not None
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}
