using System.Text;

namespace Mdev.Guest.Tests;

/// <summary>A guest's serial port whose far end is a file of the host.</summary>
public sealed class CharDeviceTests
{
    private const int Lines = 20;

    [LabFact]
    public void What_is_written_to_the_far_end_is_read_by_the_guest_and_its_answers_are_read_there()
    {
        using Card card = Card.DualSerial("--cuse", "--bridge", "fuse");
        string path = Path.Combine(card.RuntimeDirectory, "bridge", card.Uuid, $"mtty-{card.Uuid[..8]}-0");
        using Guest guest = Guest.Start(card, Paths.Lab("scripts/far-end"));
        guest.WaitFor("listening\n");

        // Blocking, as cat and echo are: the answer is waited for in read(2), without a thread of the device's process.
        using var farEnd = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        using var answers = new StreamReader(farEnd, Encoding.ASCII, false, 64, leaveOpen: true);
        for (int n = 1; n <= Lines; n++)
        {
            string line = n == Lines ? "bye" : $"line {n} of several, longer than the port's FIFO";
            farEnd.Write(Encoding.ASCII.GetBytes(line + "\n"));
            Assert.Equal("you said " + line, answers.ReadLine());
            guest.WaitFor($"read {line}\n");
        }

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.DoesNotContain("warn", card.Log, StringComparison.Ordinal);
        Assert.Equal(0, card.Terminate());
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }
}
