"""What a text takes for granted without saying it; the answer says it.

inverses      `inv(I + A@B)`, where there is one             roots      `norm(x)`, of what may be 0
extremes      `max(x) <= c`, `c <= min(a, b)`                piecewise  `relu(x)`, `abs(x)`, `max(x)`, with masks
means         `E(f)`, `Var(f)`, of random letters            size_powers  `A^k`, as a member of a family
"""
