"""How Numba is made to compile a rule as one whole.

Numba optimises each function by itself, emits machine code for it, and does both again for whoever calls it. Here the functions
that a rule calls stay as they were lowered (`Part`) until the rule is done; then all are linked into it once, for it alone, and
optimised together (`Whole`). That takes half the time, and what no call needs is not handed over.
"""

import contextlib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from llvmlite.binding import Linkage
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import Compiler
from numba.core.funcdesc import default_mangler
from numba.core.registry import cpu_target


class Part(JITCodeLibrary):
    """A function on the way into a rule: lowered, not optimised and not emitted."""

    def finalize(self) -> None:
        """Leave it as it is."""
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:  # noqa: ARG002
        """Return no address: it is never called by itself."""
        return 0

    def _get_module_for_linking(self) -> Any:
        """Return the function with all it calls, for a library that is no whole."""
        module = super()._get_module_for_linking()
        called = _parts(self)[1:]
        if called:
            module = module.clone()
            for part in called:
                module.link_in(_own_module(part), preserve=True)
        return module


class Whole(JITCodeLibrary):
    """A rule with all that it calls."""

    def finalize(self) -> None:
        """Link every part once, hide it from outside, and optimise the whole."""
        self._codegen._check_llvm_bugs()
        self._raise_if_finalized()
        mine = {function.name for function in self._final_module.functions if not function.is_declaration}
        for part in _parts(self)[1:]:
            self._reload_init.update(part._reload_init)
            self._final_module.link_in(_own_module(part), preserve=True)
        for function in self._final_module.functions:
            if not function.is_declaration and function.name not in mine:
                function.linkage = "internal"
        self._inline_what_is_called_once()
        self._optimize_final_module()
        self._final_module.verify()
        self._finalize_final_module()

    def _inline_what_is_called_once(self) -> None:
        """Have every part that is called in one place alone put there: nothing is handed over, and no code is doubled."""
        text = str(self._final_module)
        called, named = Counter(re.findall(r"@([\w.$]+)\(", text)), Counter(re.findall(r"@([\w.$]+)", text))
        for function in self._final_module.functions:
            once = called[function.name] == named[function.name] == 2  # where it is defined, and where it is called
            if once and not function.is_declaration and function.linkage == Linkage.internal:
                function.add_function_attribute("alwaysinline")


class WholeCompiler(Compiler):
    """The pipeline for a rule: `njit(signature, pipeline_class=WholeCompiler)`."""

    def __init__(self, typingctx: Any, targetctx: Any, library: Any, *rest: Any) -> None:
        library = Whole(targetctx.codegen(), "rule")
        library.enable_object_caching()
        super().__init__(typingctx, targetctx, library, *rest)

    def compile_extra(self, func: Any) -> Any:
        """Compile a rule; what it calls for the first time becomes a part."""
        with _collecting_parts():
            return super().compile_extra(func)


@contextlib.contextmanager
def _collecting_parts() -> Iterator[None]:
    codegen = cpu_target.target_context.codegen()
    set_env = type(codegen).set_env

    def set_env_of_emitted(name: str, env: Any) -> None:
        if codegen._engine.is_symbol_defined(name):
            set_env(codegen, name, env)

    with (
        _attribute(codegen, "_library_class", Part),
        _attribute(codegen, "set_env", set_env_of_emitted),
        _attribute(cpu_target.target_context, "mangler", _short_name),
    ):
        yield


@contextlib.contextmanager
def _attribute(holder: Any, name: str, value: Any) -> Iterator[None]:
    """Give an object an attribute of its own for a while."""
    outer = vars(holder).get(name)
    setattr(holder, name, value)
    try:
        yield
    finally:
        if outer is None:
            delattr(holder, name)
        else:
            setattr(holder, name, outer)


def _short_name(name: str, types: Any, *, abi_tags: Any = (), uid: Any = None) -> str:
    """Name a compiled function by a digest of its types: spelt out, those of the state take thousands of letters in each call."""
    digest = hashlib.sha256(repr(types).encode()).hexdigest()[:16]
    return str(default_mangler(name, (), abi_tags=(*abi_tags, digest), uid=uid))


def _parts(library: Any) -> list[Any]:
    """Return a library with all that it calls, each once."""
    found: dict[int, Any] = {}
    waiting = [library]
    while waiting:
        part = waiting.pop()
        if id(part) not in found:
            found[id(part)] = part
            waiting += reversed(part._linking_libraries if isinstance(part, Part | Whole) else [])
    return list(found.values())


def _own_module(library: Any) -> Any:
    return JITCodeLibrary._get_module_for_linking(library)
