namespace Mdev.Guest.Tests;

/// <summary>A memory BAR: QEMU posts its writes, without waiting for an answer.</summary>
public sealed class DiceTests
{
    [LabFact]
    public void A_guest_throws_the_die_100_times_and_reads_what_it_shows()
    {
        using Card die = Card.Dice();
        using Guest guest = Guest.Start(die, Paths.Lab("scripts/dice"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.DoesNotContain("warn", die.Log, StringComparison.Ordinal);
        Assert.Equal(0, die.Terminate());
    }
}
