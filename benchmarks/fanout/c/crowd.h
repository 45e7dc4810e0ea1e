/* The crowd: sockets of viewers and publisher, and what is counted of the frames they get. */
#ifndef CROWD_H
#define CROWD_H

#include "load.h"

#include <netinet/in.h>

#define SECOND 1000000000LL
#define MOST_VIEWERS 20000
#define GROUPS 8
#define UNKNOWN UINT32_MAX

enum state { CONNECTING, OPENING, OPEN, CLOSED };

struct viewer {
	int fd, close_code;
	enum state state;
	bool stalled, is_reset, recovered;
	uint32_t next_line; /* the number expected next, UNKNOWN before the first of a window */
	int64_t seq;        /* where this viewer stands in SeeNow's log */
	char epoch[40], *request;
	uint8_t *rest; /* of a frame that has not wholly arrived */
	size_t rest_length;
	z_stream *inflater; /* when the server keeps its compression context */
};

extern struct viewer viewers[MOST_VIEWERS], link_; /* `link_`: the publisher's own socket, if it has one */
extern int count, opened, refused, opening, poll_fd, publisher_fd;
extern struct sockaddr_in address;
extern const char *host;
extern enum flavour flavour;
extern bool offers_deflate, publisher_is_ws, viewers_publish, keyboard_ready;

struct line {
	char *text;
	size_t length, marker, second; /* `second`: a second marker, or 0 */
};

extern struct line *lines;
extern size_t line_count;
extern uint32_t published, urgent_published, completed; /* `completed`: lines that all viewers have */
extern uint64_t arrivals;

/* When a commit was announced, as the writer tells us, and when each viewer had the frame: the word of the
 * commit may come later than the frame itself. */
extern int64_t committed_at[NUMBERS], *had_at[NUMBERS];
extern uint32_t had[NUMBERS];

/* What is counted between the marks; lines and urgent frames of the window are [first, last). */
struct window {
	bool is_open;
	int64_t started, ended;
	uint32_t first, last, urgent_first, urgent_last;
	uint64_t deliveries, bytes, frames, received, urgent_received, gaps, sampled;
	double own_at_start, own_used, used[GROUPS];
	struct histogram latency, urgent, committed, late;
};

extern struct window window;

void fail(const char *format, ...);
void publish_line(void);
void publish_urgent(void);
void open_viewer(struct viewer *viewer, const char *path, const char *cookie, int receive_buffer);
void turn(int64_t until);

#endif
