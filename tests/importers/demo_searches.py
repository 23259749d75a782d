"""What readers type, and what each search must find in the demo (findings R3 and A11)."""

from __future__ import annotations

from typing import Final

EXECUTED: Final = "How many Malian soldiers were executed at Aguelhok on 24 January 2012?"
# (typed, shelf, words of the title of a hit, or of the snippet that shows why)
SEARCHES: Final = (
    *((typed, "claims", "Ménaka") for typed in ("Menaka", "MENAKA", "Ménaka", "MÉNAKA", "menaka")),
    *((typed, "claims", "Touré") for typed in ("Toure", "Touré", "Amadou Toumani Toure")),
    *((typed, "claims", EXECUTED) for typed in ("Raincourt", "Henri de Raincourt", "raincourt")),
    *((typed, "claims", "Aguelhok") for typed in ("Aguelhok", "AGUELHOK", "executed at Aguelhok")),
    ("Aguelhok executed", "claims", EXECUTED),
    ('"executed at Aguelhok"', "claims", EXECUTED),
    ("how many soldiers were executed at Aguelhok", "claims", EXECUTED),
    ("Ag Ghaly", "claims", "Ag Ghaly"),
    ("Malian officer", "claims", EXECUTED),
    ('"laid down their arms"', "figures", "laid down their arms"),
    ("laid down their arms", "claims", "laid down their arms"),
    ("fabrication", "figures", "fabrication"),
    *((typed, "figures", "about 60") for typed in ("about 60", "60", "60..100", "60-100")),
    *((typed, "figures", "97") for typed in ("97", "97 soldiers", "soldiers 97", "60–100")),
    *((typed, "claims", EXECUTED) for typed in ("97 soldiers", "60..100", "100..60")),
    *((typed, "figures", "1,000") for typed in ("1,000", "1 000", "1000", "1\u00a0000")),
    *((typed, "figures", "10,000") for typed in ("10000", "10,000")),
    *((typed, "claims", EXECUTED) for typed in ("2012-01-24", "2012-01", "24 January 2012")),
    *((typed, "claims", "efugee") for typed in ("refugees", "refugee", "REFUGEES")),
    *((typed, "sources", typed) for typed in ("AFP", "Reuters", "Amnesty International")),
    ("afp", "figures", "AFP"),
    *((typed, "subjects", typed) for typed in ("Kidal", "Timbuktu", "Gao")),
    *((typed, "claims", typed) for typed in ("Kidal", "Timbuktu", "Gao", "MNLA", "Algeria")),
    *((typed, "articles", "Tuareg rebellion") for typed in ("Tuareg rebellion", "rebellions")),
    ("throats", "articles", "throats"),
    ("Malian army", "articles", "Malian army"),
)  # fmt: skip
FIND_NOTHING: Final = (
    *("%", "_", "%%", "xyzzy", "Aguelhok xyzzy", "C9999", "987654321"),
    '"executed soldiers Malian"',
)
SPELLINGS: Final = {
    "Tuareg rebelion": {"rebelion": "rebellion"},
    "Aguelhoc": {"Aguelhoc": "aguelhok"},
    "Menakka": {"Menakka": "menaka"},
    "prisnoers": {"prisnoers": "prisoners"},
}
