"""What a reader asks: text → tokens → tree → clause. Ours alone; no engine's syntax is ever read or written here."""
