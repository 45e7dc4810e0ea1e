/* Reading payloads: inflate, find the marked lines, and for SeeNow the numbers of the log.
 *
 * A room sends the same bytes to everybody, so each payload is read once and then recognised by comparing
 * all of its bytes: what is checked stays the same, what it costs the client does not grow with the crowd. */
#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 1024
#define MOST_INFLATED (1 << 20)

static struct parsed *known[SLOTS];
static uint8_t inflated[MOST_INFLATED + 1];
static z_stream shared;
static bool shared_ready;
static int64_t urgent_seq[NUMBERS];
static uint32_t urgent_count;

static const char *const URGENT[] = {"price.changed", "stock.changed", "pin.placed"};
/* Frames that are no rows of the log though a number of it stands in them. */
static const char *const UNNUMBERED[] = {"batch", "heartbeat", "ack", "presence", "error"};

static void fail(const char *what)
{
	fprintf(stderr, "load client: %s\n", what);
	exit(3);
}

void put_marker(char *place, uint32_t number)
{
	place[0] = place[MARKER - 1] = '~';
	for (int i = MARKER - 2; i > 0; i--, number /= 36)
		place[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
}

size_t frame_header(uint8_t *place, uint8_t opcode, size_t length)
{
	place[0] = 0x80 | opcode;
	if (length < 126) {
		place[1] = (uint8_t)length;
		return 2;
	}
	if (length < 65536) {
		place[1] = 126;
		place[2] = (uint8_t)(length >> 8);
		place[3] = (uint8_t)length;
		return 4;
	}
	place[1] = 127;
	for (int i = 0; i < 8; i++)
		place[2 + i] = (uint8_t)((uint64_t)length >> (8 * (7 - i)));
	return 10;
}

/* The tail 00 00 ff ff is what RFC 7692 takes off the end of every message. */
static size_t inflate_into(z_stream *stream, const uint8_t *payload, size_t length)
{
	static const uint8_t tail[] = {0, 0, 0xff, 0xff};
	stream->next_out = inflated;
	stream->avail_out = MOST_INFLATED;
	for (int part = 0; part < 2; part++) {
		stream->next_in = (uint8_t *)(part ? tail : payload);
		stream->avail_in = part ? sizeof tail : (unsigned)length;
		int state = inflate(stream, Z_SYNC_FLUSH);
		if (state != Z_OK && state != Z_BUF_ERROR && state != Z_STREAM_END)
			fail("a compressed frame cannot be read");
	}
	return MOST_INFLATED - stream->avail_out;
}

static size_t inflate_payload(const uint8_t *payload, size_t length, z_stream *own)
{
	if (own)
		return inflate_into(own, payload, length);
	if (!shared_ready && inflateInit2(&shared, -15) != Z_OK)
		fail("zlib");
	shared_ready = true;
	inflateReset(&shared);
	return inflate_into(&shared, payload, length);
}

static uint32_t ordinal_of(int64_t seq)
{
	for (uint32_t i = urgent_count; i-- > 0 && urgent_seq[i] >= seq;)
		if (urgent_seq[i] == seq)
			return i;
	if (urgent_count == NUMBERS)
		fail("too many urgent frames");
	urgent_seq[urgent_count] = seq;
	return urgent_count++;
}

static void add(struct parsed *found, bool urgent, uint32_t number)
{
	if (found->events == MOST_EVENTS)
		fail("more lines in a frame than expected");
	found->event[found->events++] = (struct event){urgent, number};
}

static void find_lines(struct parsed *found, const char *text, size_t length)
{
	const char *end = text + length, *at = text;
	while ((at = memchr(at, '~', (size_t)(end - at))) && end - at >= MARKER) {
		if (at[MARKER - 1] != '~') {
			at++;
			continue;
		}
		char digits[MARKER - 1] = {0};
		memcpy(digits, at + 1, MARKER - 2);
		add(found, false, (uint32_t)strtoul(digits, NULL, 36));
		at += MARKER;
	}
}

static bool is_one_of(const char *type, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strncmp(type, list[i], strlen(list[i])) && type[strlen(list[i])] == '"')
			return true;
	return false;
}

static const char *value_of(const char *text, const char *end, const char *name)
{
	const char *at = memmem(text, (size_t)(end - text), name, strlen(name));
	return at ? at + strlen(name) : NULL;
}

/* `skipped` stands for all places from `seq` to `through`: lines sampled out of a busy chat. */
static void number_frame(struct parsed *found, const char *type, const char *end, int64_t seq)
{
	if (!found->first_seq)
		found->first_seq = seq;
	else if (seq != found->last_seq + 1)
		found->broken = true;
	found->last_seq = seq;
	if (!strncmp(type, "skipped\"", 8)) {
		const char *through = value_of(type, end, "\"through\":");
		found->last_seq = through ? strtoll(through, NULL, 10) : seq;
		found->sampled += (uint32_t)(found->last_seq - seq + 1);
	}
	if (is_one_of(type, URGENT, sizeof URGENT / sizeof *URGENT))
		add(found, true, ordinal_of(seq));
}

static void read_hello(struct parsed *found, const char *text, const char *end)
{
	found->hello = true;
	const char *recovered = value_of(text, end, "\"recovered\":");
	const char *epoch = value_of(text, end, "\"epoch\":\"");
	const char *head = value_of(text, end, "\"head\":");
	if (!recovered || !epoch || !head)
		fail("a hello without its fields");
	found->recovered = recovered[0] == 't';
	sscanf(epoch, "%39[^\"]", found->epoch);
	found->last_seq = strtoll(head, NULL, 10);
}

/* `text` is followed by a NUL. Every frame begins with its type and carries `seq` when it is a row. */
static void read_seenow(struct parsed *found, const char *text, size_t length)
{
	static const char start[] = "{\"type\":\"";
	const char *end = text + length, *at = text;
	if (!strncmp(text, "{\"type\":\"hello\"", 15)) {
		read_hello(found, text, end);
		return;
	}
	/* It names the sender's own id, which carries the marker too, and is no delivery. */
	if (!strncmp(text, "{\"type\":\"ack\"", 13))
		return;
	while ((at = value_of(at, end, start))) {
		const char *seq;
		if (is_one_of(at, UNNUMBERED, sizeof UNNUMBERED / sizeof *UNNUMBERED))
			continue;
		if (!(seq = value_of(at, end, "\"seq\":")))
			break;
		number_frame(found, at, end, strtoll(seq, NULL, 10));
	}
	find_lines(found, text, length);
}

static struct parsed **slot_of(const uint8_t *payload, size_t length)
{
	uint64_t hash = length * 0x9e3779b97f4a7c15ULL;
	for (size_t i = 0; i < 8 && i < length; i++) {
		hash = (hash ^ payload[length - 1 - i]) * 0x100000001b3ULL;
		hash = (hash ^ payload[length / 2 + i / 2]) * 0x100000001b3ULL;
	}
	return &known[(hash ^ hash >> 32) % SLOTS];
}

static struct parsed *empty(const uint8_t *payload, size_t length, bool compressed)
{
	struct parsed *found = calloc(1, sizeof *found + MOST_EVENTS * sizeof(struct event));
	if (!found || !(found->bytes = malloc(length + 1)))
		fail("memory");
	memcpy(found->bytes, payload, length);
	found->bytes[length] = 0;
	found->length = length;
	found->compressed = compressed;
	return found;
}

static void read_into(struct parsed *found, enum flavour flavour, z_stream *own)
{
	const uint8_t *text = found->bytes;
	size_t length = found->length;
	if (found->compressed) {
		length = inflate_payload(found->bytes, found->length, own);
		inflated[length] = 0;
		text = inflated;
	}
	if (flavour == SEENOW)
		read_seenow(found, (const char *)text, length);
	else
		find_lines(found, (const char *)text, length);
}

/* `own` is the inflater of a connection that keeps its context: its bytes mean nothing elsewhere. */
struct parsed *parse(enum flavour flavour, const uint8_t *payload, size_t length, bool compressed, z_stream *own)
{
	struct parsed **slot = slot_of(payload, length), *found = *slot;
	if (!own && found && found->length == length && found->compressed == compressed &&
	    !memcmp(found->bytes, payload, length))
		return found;
	if (found) {
		free(found->bytes);
		free(found);
	}
	*slot = found = empty(payload, length, compressed);
	read_into(found, flavour, own);
	return found;
}
