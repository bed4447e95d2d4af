/* page/kit: the living page of components, by part. Private to the files kit*.c of this room. */
#ifndef PANJI_PAGE_KIT_H
#define PANJI_PAGE_KIT_H

#include "kit/page.h"

void kit_lists_draw(struct page *page);
void kit_tables_draw(struct page *page);
void kit_notices_draw(struct page *page);
void kit_fields_draw(struct page *page); /* with the mistakes of request->problems, when there are any */
void kit_charts_draw(struct page *page);

#endif
