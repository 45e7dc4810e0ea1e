/* What the parts of the load client share. Times are nanoseconds of CLOCK_MONOTONIC. */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <zlib.h>

#define MARKER 7          /* "~" + five digits to base 36 + "~" */
#define NUMBERS (1 << 16) /* messages remembered; older ones have long arrived or are lost */
#define MOST_EVENTS 1024  /* marked lines in one frame */

/* --- meter.c: histograms, clocks, processor time ----------------------------------------------- */

#define BUCKETS (64 * 40) /* 64 steps to a doubling: 1.6 % */

struct histogram {
	uint64_t count, bucket[BUCKETS], highest;
};

struct processes {
	char name[24];
	int pids[64], count;
	double at_start; /* seconds of user and system time when the window opened */
};

int64_t now_ns(void);
void record(struct histogram *histogram, int64_t nanoseconds);
double percentile_ms(const struct histogram *histogram, double share);
double seconds_of(const struct processes *processes);
double own_seconds(void);

/* --- frames.c: from bytes on a socket to marked lines ------------------------------------------ */

enum flavour { RAW, SOCKET_IO, SEENOW };

struct event {
	bool urgent;
	uint32_t number; /* of the line, or the ordinal of the urgent frame */
};

/* One payload, read once: the same bytes on the next socket are recognised by memcmp. */
struct parsed {
	uint8_t *bytes;
	size_t length;
	bool compressed;
	int64_t first_seq, last_seq; /* of SeeNow's log; 0 when the frame is no row of it */
	bool broken;                 /* numbers inside the frame are not consecutive */
	uint32_t sampled;            /* places of the log this frame says nothing stands at */
	bool hello, recovered;
	char epoch[40];
	int events;
	struct event event[];
};

struct parsed *parse(enum flavour flavour, const uint8_t *payload, size_t length, bool compressed, z_stream *own);
void put_marker(char *place, uint32_t number);
size_t frame_header(uint8_t *place, uint8_t opcode, size_t length);

#endif
