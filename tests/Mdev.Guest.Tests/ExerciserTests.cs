namespace Mdev.Guest.Tests;

/// <summary>Everything that PCI has, behind a PCI Express root port.</summary>
public sealed class ExerciserTests
{
    [LabFact]
    public void A_guest_sees_every_capability_and_its_own_driver_is_interrupted_by_MSI_X()
    {
        using Card card = Card.FromDataSheet("exerciser", "exerciser-1");
        using Guest guest = Guest.StartBehindPort(card, Paths.Lab("scripts/exerciser"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Contains("PCI-MSIX-0000:01:00.0", guest.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(" error: ", card.Log, StringComparison.Ordinal);
        Assert.Equal(0, card.Terminate());
    }

    [LabFact]
    public void An_error_that_the_device_signals_stops_the_machine()
    {
        using Card card = Card.FromDataSheet("exerciser", "exerciser-1");
        using Guest guest = Guest.StartBehindPort(card, Paths.Lab("scripts/exerciser-fails"));

        guest.WaitFor("Unrecoverable error detected");
        Assert.DoesNotContain("the machine goes on", guest.Output, StringComparison.Ordinal);
        guest.Kill();
        Assert.Equal(0, card.Terminate());
    }
}
