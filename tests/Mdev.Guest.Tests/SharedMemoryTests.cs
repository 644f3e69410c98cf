namespace Mdev.Guest.Tests;

/// <summary>Memory of a device in a guest's hands: stock QEMU maps it, and the guest's accesses never reach a socket.</summary>
public sealed class SharedMemoryTests
{
    [LabFact]
    public void A_guest_and_a_card_see_each_others_stores_in_mapped_memory_and_none_of_them_traps()
    {
        using Card card = Card.FromDataSheet("shared", "shared-1");
        using Guest guest = Guest.Start(card, Paths.Lab("scripts/shared"));

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(5, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.Equal(0, card.Terminate());
    }
}
