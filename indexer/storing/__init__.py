"""An index on disk: generations, the parts that they are merged from, their files, and what keeps them whole."""
