/* web/offences: sections of law as pages and API tell them: a row that no primary text confirms says so
 * wherever it shows. */
#ifndef PANJI_WEB_OFFENCES_H
#define PANJI_WEB_OFFENCES_H

#include <jansson.h>

#include "law/law.h"
#include "web/request.h"

/* "BNS 303(2), CGE 34(1) (unverified)" from names joined by ", ". In the request's arena. */
const char *offences_words(const struct request *request, const char *names);

/* "CGE 34(1): title (unverified)". */
const char *offence_line(const struct request *request, const struct offence *offence);

/* "BNS 303(2): Theft; BNS 305: Theft in dwelling …" from names joined by ", ". */
const char *offences_told(const struct request *request, const char *names);

/* "BNS 305: Theft in dwelling …; BNS 317(2)" for a row of a list: only the gravest has its title. */
const char *offences_brief(const struct request *request, const char *names);

/* "BNS 303(2): चोरी / Theft" for papers, which go to readers of both. */
const char *offence_both(const struct request *request, const char *name);

/* "Cognizable · Not bailable · Court of Session · death, or imprisonment for life". */
const char *offence_class_words(const struct request *request, const struct offence *offence);

/* Why the offence does not fit an act done on that day, and which code does; NULL when it fits. */
const char *offence_day_warning(const struct request *request, const struct offence *offence, int32_t day);

/* The names among them that are unverified, as an array. A new reference. */
json_t *offences_unverified(const struct request *request, const char *names);

#endif
