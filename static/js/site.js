// What every page for readers carries. In production this is one file (carevox/static.py), here a request each.
import "./leave.js";
import "./open-wide.js";
import "./reading.js";
import "./search-suggestions.js";
import "./share.js";
