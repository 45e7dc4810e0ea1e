"""The library's sky against the book's: two implementations that share nothing."""

from events.holidays import skies
from tests.events.holidays import meeus

MINUTE = 1 / 1440


def test_new_and_full_moons_agree_within_a_minute() -> None:
    far = [
        abs(ours - theirs)
        for number in range(-1, 930, 7)
        for ours, theirs in (
            (skies.new_moon(number), meeus.moon_phase(number)),
            (skies.full_moon(number), meeus.moon_phase(number, full=True)),
        )
    ]
    assert max(far) < MINUTE


def test_equinoxes_and_terms_agree_within_two_minutes() -> None:
    years, points = range(2000, 2076, 5), range(0, 360, 30)
    far = [abs(skies.sun_reaches(at, year) - meeus.sun_reaches(at, year)) for year in years for at in points]
    assert max(far) < 2 * MINUTE


def test_the_moon_leaves_the_sun_at_the_same_pace() -> None:
    far = [
        abs((skies.elongation(day) - meeus.elongation(day) + 180) % 360 - 180)
        for day in range(11_000, 38_000, 997)
    ]
    assert max(far) < 0.02  # degrees: the Moon goes as far in two and a half minutes


def test_the_numbers_of_moons_follow_time() -> None:
    moments = [skies.new_moon(number) + shift for number in (0, 400) for shift in (0, 29.2)]
    assert [skies.moon_before(moment) for moment in moments] == [0, 0, 400, 400]
    assert skies.moon_before(skies.new_moon(400) - 0.001) == 399


def test_the_sun_rises_and_sets_where_the_almanac_says() -> None:
    # Ujjain, 20 March 2027: the day is twelve hours and some minutes long, noon at 12:34 Indian time.
    day = 20_897
    rise, fall = (at(day, latitude=23.1765, longitude=75.7885) for at in (skies.sunrise, skies.sunset))
    noon = (rise + fall) / 2 + 5.5 / 24 - day
    assert (round((fall - rise) * 24, 1), round(noon * 24, 1)) == (12.1, 12.6)
