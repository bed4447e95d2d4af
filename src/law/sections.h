/* law/sections: the pieces a string of sections is cut into. Private to the room. */
#ifndef PANJI_LAW_SECTIONS_H
#define PANJI_LAW_SECTIONS_H

#include "law/tables.h"

#define SECTION_TEXT_MAX 40
#define PIECES_MAX 256

struct piece {
    enum { PIECE_SECTION, PIECE_ACT, PIECE_NOISE } kind;
    const char *text;               /* as typed */
    const char *why;                /* not NULL: cannot be read, and why */
    char section[SECTION_TEXT_MAX]; /* PIECE_SECTION: "354(a)(1)", small letters in brackets as typed */
    const struct act *act;          /* PIECE_ACT; NULL: an Act the law does not know, or several: why tells */
    bool strong;                    /* "&", "and", "व" … stands before it */
    bool slash;                     /* only "/" stands before it */
};

struct pieces {
    size_t count;
    bool too_many;
    struct piece list[PIECES_MAX];
};

/* Cuts text (valid UTF-8) into pieces. */
void section_pieces_read(const struct law *law, struct arena *arena, const char *text, struct pieces *ret);

/* The letter behind a number as Hindi registers write it (498ए, 354क): its bytes, 0 when none stands here. */
size_t section_letter(const char *at, char *ret_letter);

/* The offence of an act that a typed section names, or NULL and why not. */
const struct offence *section_resolve(
    const struct law *law, const char *code, const char *section, const char **ret_why);

#endif
