by split=> [|-> //]; apply: row_eq.
