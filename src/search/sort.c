/* search/sort: radix sort of 64-bit numbers, and work shared out to threads. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "search/build.h"

#define DIGIT 11
#define FEW 48 /* up to so many are put in their places one by one: counting digits costs more */

static void sort_few(uint64_t *numbers, size_t n, unsigned from_bit, unsigned to_bit)
{
    uint64_t mask = to_bit < 64 ? ((uint64_t)1 << to_bit) - 1 : UINT64_MAX;
    for (size_t i = 1; i < n; i++) {
        uint64_t number = numbers[i];
        size_t k = i;
        for (; k > 0 && (numbers[k - 1] & mask) >> from_bit > (number & mask) >> from_bit; k--)
            numbers[k] = numbers[k - 1];
        numbers[k] = number;
    }
}

void sort_numbers(uint64_t *numbers, uint64_t *spare, size_t n, unsigned from_bit, unsigned to_bit)
{
    if (n <= FEW) {
        sort_few(numbers, n, from_bit, to_bit);
        return;
    }
    uint64_t *from = numbers, *to = spare;
    for (unsigned shift = from_bit; shift < to_bit; shift += DIGIT) {
        size_t starts[1 << DIGIT] = {0};
        uint64_t digits = ((uint64_t)1 << (to_bit - shift < DIGIT ? to_bit - shift : DIGIT)) - 1;
        for (size_t i = 0; i < n; i++) starts[from[i] >> shift & digits]++;
        size_t sum = 0;
        for (size_t i = 0; i < 1 << DIGIT; i++) {
            size_t count = starts[i];
            starts[i] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) to[starts[from[i] >> shift & digits]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != numbers) memcpy(numbers, from, n * sizeof *numbers);
}

struct part {
    void (*run)(void *context, size_t i);
    void *context;
    size_t i;
    pthread_t thread;
    bool started;
};

static void *part_run(void *argument)
{
    struct part *part = argument;
    part->run(part->context, part->i);
    return NULL;
}

void run_parts(size_t n, void (*run)(void *context, size_t i), void *context)
{
    struct part parts[LANES_MAX] = {0};
    for (size_t i = 1; i < n; i++) {
        parts[i] = (struct part){.run = run, .context = context, .i = i};
        parts[i].started = pthread_create(&parts[i].thread, NULL, part_run, &parts[i]) == 0;
    }
    if (n) run(context, 0);
    for (size_t i = 1; i < n; i++) {
        if (parts[i].started) pthread_join(parts[i].thread, NULL);
        else run(context, i);
    }
}
