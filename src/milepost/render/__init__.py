"""Reports as text: terminal, Markdown, JSON, GitHub and the site. Returns text, writes nothing."""
