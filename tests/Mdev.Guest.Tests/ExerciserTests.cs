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
}
