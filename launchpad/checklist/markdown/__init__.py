"""Reading Markdown: one parsed tree, and one small recogniser for each thing found in it."""
