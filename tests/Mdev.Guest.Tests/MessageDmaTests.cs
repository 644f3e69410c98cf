namespace Mdev.Guest.Tests;

/// <summary>Guest memory that QEMU does not share: a card asks for it, and stock QEMU 11 answers.</summary>
public sealed class MessageDmaTests
{
    // Memory that the kernel leaves alone.
    private const string Reserved = "memmap=16M$0x0c000000";

    [LabFact]
    public void A_card_copies_guest_memory_by_asking_QEMU_for_it()
    {
        using Card card = Card.FromDataSheet("copier", "copier-1");
        using Guest guest = Guest.Start(card, Paths.Lab("scripts/copier"), "--no-shared-memory", "--append", Reserved);

        AssertCopied(guest);
        Assert.Contains("the client is QEMU", card.Log, StringComparison.Ordinal);
        Assert.Contains("refused DmaRead", card.Log, StringComparison.Ordinal);
        Assert.Contains("share=on", card.Log, StringComparison.Ordinal);
        Assert.Equal(0, card.Terminate());
    }

    private static void AssertCopied(Guest guest)
    {
        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(3, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
    }
}
