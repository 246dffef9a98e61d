import inspect

from common import errors


def test_every_error_is_documented_in_the_tree_and_says_one_line() -> None:
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass)]
    assert len(classes) >= 8
    for cls in classes:
        assert issubclass(cls, errors.LectorError)
        assert cls.__name__ in (errors.__doc__ or "")
        assert cls.__doc__
        assert cls("two\nlines").user_message == "two lines"
        assert cls("x").exit_code in (1, 2, 130)
