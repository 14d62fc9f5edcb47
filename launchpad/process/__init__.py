"""Starting, capturing and ending a process to its last descendant."""
