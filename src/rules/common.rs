// SPDX-License-Identifier: MIT OR Apache-2.0
//! Strings that stand in code, settings and prose more than 300 times in a million bytes, ASCII
//! case folded: in 37 MB of 21 public repositories of many languages. Only the longest are
//! listed; every part of one is as common.

/// Each stands on about every hundredth line, or more often.
#[rustfmt::skip]
pub(super) const COMMON: &[&str] = &[
    "\t\t\t\t\t\t\t", "\t\t}", "                        ", "              \"", "          }",
    "        .", "        i", "        re", "        s", "      a", "      e", "     *", "    #",
    "    -", "    //", "    <", "    assert", "    c", "    de", "    if ", "    p", "    t",
    "    {", "   en", "  # ", "  $", "  - ", "  co", "  def", "  end", "  f", "  return", " \"s",
    " \"t", " * ", " = \"", " => ", " a ", " ac", " al", " and ", " ap", " ar", " be", " ca",
    " ch", " cl", " com", " con", " di", " do", " er", " ex", " false", " fil", " for ", " fro",
    " fu", " ge", " ha", " in ", " is ", " it", " le", " li", " lo", " ma", " me", " mo", " name",
    " ne", " not", " nu", " of ", " on", " or", " pa", " pro", " pu", " res", " return ", " sel",
    " sta", " string", " su", " ta", " test", " the ", " this", " to ", " true", " un", " use",
    " val", " wh", " with", " { ", " }}", "\", ", "\": \"", "########################", "() ",
    ") {", ", \"", ", s", "------------------------", ".co", ".st", "// ", ": t",
    "===============", "_co", "_pa", "_re", "_se", "able", "acc", "ace", "ach", "ack", "acti",
    "add", "age", "ail", "ain", "al ", "ali", "all", "an ", "ance", "ang", "ans", "app", "are",
    "arg", "art", "as ", "ase", "at ", "ate ", "ation ", "att", "atu", "aut", "bas", "be ", "buil",
    "but", "cal", "ce ", "ces", "cha", "che", "cke", "class", "cli", "code", "col", "comm", "comp",
    "configur", "cons", "conte", "cor", "count", "creat", "cto", "d t", "data", "date", "default",
    "del", "den", "der", "des", "din", "dir", "dis", "doc", "e = ", "e a", "e c", "e f", "e i",
    "e o", "e p", "e r", "e s", "e th", "e\": ", "e, ", "e: ", "e=\"", "ead", "eco", "ection",
    "edi", "efi", "ele", "eme", "en ", "enc", "ens", "ent ", "enti", "ents", "eque", "er ", "er.",
    "er_", "era", "ere", "eri", "ern", "error", "es ", "es.", "esp", "ess", "et ", "ete", "eve",
    "exp", "f t", "fie", "file", "fin", "form", "from ", "func", "ge ", "get", "gin", "han", "has",
    "hen", "her", "http", "ic ", "ication", "id ", "ies", "ifi", "ild", "ill", "import ", "ina",
    "ind", "ine", "insta", "inte", "ion.", "ire", "it ", "item", "iti", "ive", "ize", "ject",
    "key", "lat", "le ", "le_", "lect", "led", "les", "let", "lic", "lin", "list", "ll ", "lle",
    "llo", "loa", "loc", "log", "low", "lumi", "ly ", "mai", "man", "mat", "me:", "ment", "mes",
    "met", "min", "module", "mpl", "msg", "n a", "n t", "nal", "name ", "nde", "ner", "new", "nit",
    "nne", "not ", "ns ", "nse", "nsi", "nta", "ntr", "null", "ock", "oll", "on_", "one", "oper",
    "option", "ord", "ore", "ost", "out", "ove", "pac", "param", "path", "pec", "pen", "pla",
    "ple", "pli", "pon", "pos", "pre", "pri", "prop", "publi", "put", "r t", "ran", "ration",
    "re ", "rec", "red", "ref", "ren", "rep", "requ", "reso", "ring ", "rit", "rou", "run", "ry ",
    "s = ", "s a", "s i", "s t", "s, ", "s: ", "sag", "script", "se ", "sec", "self.", "serve",
    "service", "set", "sho", "sin", "source", "spa", "ss ", "ssa", "ssi", "st ", "state", "ste",
    "sti", "sto", "t a", "t i", "t t", "t, ", "t: ", "tab", "tai", "tal", "tar", "tati", "tch",
    "ted ", "ten", "ter", "text", "th ", "that", "this ", "tho", "tic", "time", "ting", "tions",
    "tit", "tor", "tra", "try", "ts ", "type", "ual", "ues", "ume", "und", "ura", "ure", "user",
    "ust", "ut ", "ute", "value", "var", "ven", "version", "vide", "war", "whe", "work", "{{ ",
];
