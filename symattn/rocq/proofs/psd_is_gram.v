split=> [/gram_of_psd // | [F ->]]; exact: gram_psd.
