/* Histograms of latency and the processor time of other processes, to the nanosecond. */
#include "load.h"

#include <time.h>

int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static size_t bucket_of(uint64_t microseconds)
{
	if (microseconds < 64)
		return microseconds;
	int power = 63 - __builtin_clzll(microseconds);
	size_t index = (size_t)(power - 5) * 64 + ((microseconds >> (power - 6)) & 63);
	return index < BUCKETS ? index : BUCKETS - 1;
}

static double upper_edge(size_t index)
{
	if (index < 64)
		return (double)index + 1;
	int power = (int)(index / 64) + 5;
	return (double)((64 + index % 64 + 1) * (1ULL << (power - 6)));
}

void record(struct histogram *histogram, int64_t nanoseconds)
{
	uint64_t microseconds = nanoseconds > 0 ? (uint64_t)nanoseconds / 1000 : 0;
	histogram->count++;
	histogram->bucket[bucket_of(microseconds)]++;
	if (microseconds > histogram->highest)
		histogram->highest = microseconds;
}

double percentile_ms(const struct histogram *histogram, double share)
{
	uint64_t wanted = (uint64_t)((double)histogram->count * share), seen = 0;
	for (size_t i = 0; i < BUCKETS; i++) {
		seen += histogram->bucket[i];
		if (seen > wanted)
			return upper_edge(i) / 1000;
	}
	return (double)histogram->highest / 1000;
}

static double clock_seconds(clockid_t clock)
{
	struct timespec t;
	return clock_gettime(clock, &t) ? 0.0 : (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* The kernel's clock of a process counts user and system time of all its threads, ended ones too. */
double seconds_of(const struct processes *processes)
{
	double sum = 0;
	for (int i = 0; i < processes->count; i++)
		sum += clock_seconds((clockid_t)((~(unsigned)processes->pids[i] << 3) | 2));
	return sum;
}

double own_seconds(void)
{
	return clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
}
