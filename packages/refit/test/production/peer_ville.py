"""What ville makes of the same differences: reads a JSON object from stdin, writes one to stdout.

With a truncation below its plug-in bet, ville's betting test bets a fixed stake, which is one of ours; the mean over stakes is our mixture. An alpha of
almost 0 makes the plug-in bet large enough.
"""

import json
import sys

import numpy as np
from ville import BettingTest

asked = json.load(sys.stdin)
differences = np.array(asked["differences"])


def fixed(null, alternative):
    tests = [
        BettingTest(null, bounds=(-1, 1), alternative=alternative, c=stake, alpha=1e-300) for stake in asked["stakes"]
    ]
    return float(np.mean(np.exp([test.fit(differences).log_e_values_[-1] for test in tests])))


def stops(null, alternative):
    return BettingTest(null, bounds=(-1, 1), alternative=alternative, alpha=0.05).fit(differences).stopping_time()


json.dump(
    {
        "harm": fixed(0.0, "greater"),
        "advance": fixed(asked["margin"], "less"),
        "stopsForHarm": stops(0.0, "greater"),
    },
    sys.stdout,
)
