"""How far behind pictures are: histograms that add up between processes."""

from livechat.wire import lags


def test_the_median_is_the_middle_person():
    assert lags.median(lags.histogram([1_000, 3_000, 9_000])) == 3_000
    assert lags.median(lags.histogram([4_200])) == 4_200
    assert lags.median({}) is None


def test_the_slowest_tenth_is_its_mean_and_at_least_one_person():
    ten = [2_000] * 9 + [6_200]
    assert lags.slowest_tenth(lags.histogram(ten)) == 6_200
    assert lags.slowest_tenth(lags.histogram(ten * 2)) == 6_200
    assert lags.slowest_tenth(lags.histogram([2_000] * 18 + [5_000, 9_000])) == 7_000
    assert lags.slowest_tenth({}) is None


def test_half_a_bucket_counts_by_its_mean():
    twenty_one = [1_000] * 18 + [8_010, 8_050, 8_090]
    assert lags.slowest_tenth(lags.histogram(twenty_one)) == 8_050
    forty = [1_000] * 36 + [8_020, 8_040, 8_060, 8_080]
    assert lags.slowest_tenth(lags.histogram(forty)) == 8_050


def test_histograms_of_two_processes_say_what_one_would():
    here, there = [900, 1_850, 12_345], [2_000, 40_000, 119_999, 120_000]
    together = lags.histogram(here + there)
    added = lags.added([lags.histogram(here), lags.histogram(there)])
    assert added == together
    assert lags.people_in(added) == 7
    assert lags.median(added) == 12_345


def test_a_histogram_stays_small_for_any_crowd():
    assert len(lags.histogram(range(120_001))) == 211


def test_only_a_live_pictures_lag_is_plausible():
    found = [lags.is_plausible(behind) for behind in (-1, 0, 6_200, 120_000, 120_001)]
    assert found == [False, True, True, True, False]
