using System.Security.Cryptography;
using Mdev.Devices.Tests;

namespace Mdev.Guest.Tests;

/// <summary>The 16550 from its data sheet, used by the kernel's own 8250 driver.</summary>
public sealed class UartTests
{
    // As much as a guest's terminal keeps for a reader that is late. Characters take no time on this line: of more, without flow
    // control, the guest's own driver drops what does not fit, on a machine where its interrupts leave the reader no time.
    private const int Unheld = 65_536;
    private const int Held = 458_752;

    [LabFact]
    public void A_mebibyte_passes_by_interrupts_and_none_of_it_is_lost()
    {
        using var far = new FarEnd();
        using Card card = Card.FromDataSheet("serial", "serial-16550", "--connect", far.Path);
        using Guest guest = Guest.Start(card, Paths.Lab("scripts/uart"), "--timeout", "300");

        foreach ((string flow, int size) in ((string, int)[])[("-crtscts", Unheld), ("crtscts", Held)])
        {
            guest.WaitFor($"sending {size} {flow}\n");

            // The guest must wait for a far end that takes its time.
            byte[] start = far.Receive(1000);
            Thread.Sleep(500);
            byte[] received = [.. start, .. far.Receive(size - 1000)];
            guest.WaitFor("sha256 " + Convert.ToHexStringLower(SHA256.HashData(received)));
            Assert.False(far.HasReceived);

            byte[] sent = RandomNumberGenerator.GetBytes(size);
            guest.WaitFor($"ready for {size} {flow}\n");
            far.Send(sent);
            guest.WaitFor("sha256 " + Convert.ToHexStringLower(SHA256.HashData(sent)));
        }

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.DoesNotContain("warn", card.Log, StringComparison.Ordinal);
        Assert.Equal(0, card.Terminate());
    }
}
