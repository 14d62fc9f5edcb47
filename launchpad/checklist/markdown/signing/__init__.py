"""Sign-offs: blanks, tables and roles that somebody signs."""
