# Reads cobertura files and prints, for each project, how many of its lines some test ran. Lines of several files are laid over
# each other: a line counts once, and as run when any test project ran it. File names are relative to a folder that differs by file.
function value(name) { match($0, name "=\"[^\"]*\""); return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3) }
/<source>/ { gsub(/.*<source>|<\/source>.*/, ""); source = $0 }
/<package / { package = value("name") }
/<class / { file = source value("filename") }
/<line / {
  line = package "|" file "|" value("number")
  if (!(line in seen)) { seen[line] = 1; lines[package]++ }
  if (value("hits") != "0" && !(line in run)) { run[line] = 1; hit[package]++ }
}
END { for (package in lines) if (package !~ /Testing|Upstream|Tests$/) printf "  %-20s %5.1f %% of %d lines\n", package, 100 * hit[package] / lines[package], lines[package] | "sort" }
