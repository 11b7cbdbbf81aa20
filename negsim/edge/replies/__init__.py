"""What each command prints with `--json`: a model a command, from which `negsim schema COMMAND` makes its JSON Schema.

A number that is not known is null. Keys are only ever added.
"""

from pydantic import BaseModel

from negsim.edge.estimate import Estimate
from negsim.edge.replies.base import told
from negsim.edge.replies.lists import Checks, Lists
from negsim.edge.replies.spaces import Analysis
from negsim.edge.replies.sweeps import Discovered, Merged, Robust, Sensitive, Swept, Tournament, Verified
from negsim.edge.replies.talks import Citations, Explanation, Forecast, Replay, Run, Scored, Validation

REPLIES: dict[str, type[BaseModel]] = {
    "analyze": Analysis,
    "check": Checks,
    "cite": Citations,
    "discover": Discovered,
    "dry-run": told(Estimate),
    "explain": Explanation,
    "forecast": Forecast,
    "list": Lists,
    "merge": Merged,
    "replay": Replay,
    "robustness": Robust,
    "run": Run,
    "score": Scored,
    "sensitivity": Sensitive,
    "sweep": Swept,
    "tournament": Tournament,
    "validate": Validation,
    "verify": Verified,
}
"""What each command prints with `--json`; `dry-run` is `negsim sweep --dry-run --json`."""
