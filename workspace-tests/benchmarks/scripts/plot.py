# SPDX-License-Identifier: Apache-2.0
"""Log-log plots as SVG, of which the text stays text."""
import html
import math

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999", "#8c510a", "#5e3c99", "#b2df8a", "#c51b7d")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 460, 78, 250, 34, 56


def log_log(title, x_label, y_label, series):
    """series: name to list of (x, y), both above 0."""
    points = [p for line in series.values() for p in line]
    low_x, high_x = (f(math.log10(x) for x, _ in points) for f in (min, max))
    low_x, high_x = low_x - 0.08 * (high_x - low_x), high_x + 0.08 * (high_x - low_x)
    low_y, high_y = math.floor(min(math.log10(y) for _, y in points)), math.ceil(max(math.log10(y) for _, y in points))

    def place_x(x):
        return LEFT + (math.log10(x) - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)

    def place_y(y):
        return HEIGHT - BOTTOM - (math.log10(y) - low_y) / max(1, high_y - low_y) * (HEIGHT - TOP - BOTTOM)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<title>{html.escape(title)}</title>', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
           f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{html.escape(title)}</text>']
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for decade in range(low_y, high_y + 1):
        y = place_y(10.0**decade)
        out.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#dddddd"/>'
                   f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">1e{decade}</text>')
    for decade in range(math.floor(low_x), math.ceil(high_x) + 1):
        for digit in (1, 2, 5) if high_x - low_x < 3 else (1,):
            value = digit * 10.0**decade
            if low_x <= math.log10(value) <= high_x:
                x = place_x(value)
                out.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#dddddd"/>'
                           f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{value:g}</text>')
    out.append(f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#333333"/>')
    out.append(f'<text x="{(LEFT + right) / 2}" y="{HEIGHT - 14}" text-anchor="middle">{html.escape(x_label)}</text>')
    out.append(f'<text x="18" y="{(TOP + bottom) / 2}" text-anchor="middle" '
               f'transform="rotate(-90 18 {(TOP + bottom) / 2})">{html.escape(y_label)}</text>')
    for n, (name, line) in enumerate(series.items()):
        colour, placed = COLOURS[n % len(COLOURS)], [(place_x(x), place_y(y)) for x, y in line]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        out.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in placed]
        y = TOP + 14 + 20 * n
        out.append(f'<path d="M{right + 12} {y - 4}h18" stroke="{colour}" stroke-width="2"/>'
                   f'<circle cx="{right + 21}" cy="{y - 4}" r="3.5" fill="{colour}"/>'
                   f'<text x="{right + 36}" y="{y}" font-size="11">{html.escape(name)}</text>')
    return "\n".join(out + ["</svg>", ""])
