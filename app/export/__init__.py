"""The exit guarantee: any space as a folder of readable offline pages, its original files, and its data as JSON."""
