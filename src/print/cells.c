/* print/cells: which cells stand side by side. */
#include "print/flow.h"

#define CELL_MARGIN 7.0 /* of a cell's frame, both sides */

int cell_parts(double label_width, double value_width, double whole_width)
{
    static const int choices[] = {3, 4, 6};
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        double width = whole_width * choices[i] / CELL_PARTS - CELL_MARGIN;
        if (value_width <= width && label_width <= 1.8 * width) return choices[i];
    }
    return CELL_PARTS;
}

size_t cells_row(int *parts, size_t count)
{
    int sum = 0;
    size_t n = 0;
    while (n < count && sum + parts[n] <= CELL_PARTS) sum += parts[n++];
    parts[n - 1] += CELL_PARTS - sum;
    return n;
}
