using System.Text;

namespace Mdev.Guest.Tests;

/// <summary>The kernel's own 8250 driver uses the card.</summary>
public sealed class SerialCardTests
{
    private static readonly string s_card = Paths.Lab("scripts/serial-card");
    private static readonly string s_demo = Paths.Lab("scripts/demo");

    [LabFact]
    public void The_kernel_finds_both_ports_gets_back_what_it_writes_and_binds_again_20_times()
    {
        using var card = Card.DualSerial();
        using Guest guest = Guest.Start(card, s_card);

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        Assert.Equal(7, guest.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.DoesNotContain("warn", card.Log, StringComparison.Ordinal);
        Assert.Equal(0, card.Terminate());
    }

    [LabFact]
    public void Qemu_killed_20_times_at_any_moment_leaves_a_card_that_serves_the_next_one()
    {
        using var card = Card.DualSerial();
        int descriptors = 0, threads = 0;
        for (int round = 0; round < 20; round++)
        {
            using Guest guest = Guest.Start(card, s_card);

            // From before it connects, over the firmware and the kernel's start, to the middle of the driver's work.
            Thread.Sleep(100 + (round * 200));
            guest.Kill();

            if (round == 9)
            {
                card.WaitForLog(AllClientsAreGone);
                (descriptors, threads) = (card.Descriptors, card.Threads);
            }
        }

        card.WaitForLog(AllClientsAreGone);
        Assert.True(card.Descriptors <= descriptors, "Descriptors of killed clients stay open.");
        Assert.True(card.Threads <= threads + 1, "Threads of killed clients stay.");

        using Guest last = Guest.Start(card, s_demo);
        Assert.True(last.WaitForEnd() == 0, last.Output);
        Assert.Equal(0, card.Terminate());
    }

    [LabFact]
    public void Qemu_without_shared_memory_is_told_the_missing_option_in_one_line()
    {
        using var card = Card.DualSerial();
        using Guest guest = Guest.Start(card, s_demo, "--no-shared-memory");

        Assert.True(guest.WaitForEnd() == 0, guest.Output);
        string warning = Assert.Single(card.Log.Split('\n'), line => line.Contains("share=on", StringComparison.Ordinal) && line.Contains("warn", StringComparison.Ordinal));
        Assert.Contains("memory-backend-memfd", warning, StringComparison.Ordinal);
    }

    [LabFact]
    public void A_second_qemu_is_refused_with_a_reason_and_the_first_goes_on()
    {
        using var card = Card.DualSerial();
        using Guest first = Guest.Start(card, s_card);
        first.WaitFor("ok both ports are 16550A");

        using (Guest second = Guest.Start(card, s_demo))
        {
            Assert.NotEqual(0, second.WaitForEnd());
            Assert.Contains("Device or resource busy", second.Output, StringComparison.Ordinal);
        }

        Assert.True(first.WaitForEnd() == 0, first.Output);
    }

    [LabFact]
    public void A_person_at_the_pseudo_terminal_talks_with_the_guest()
    {
        using var card = Card.DualSerial("--pty");
        card.WaitForLog(log => log.Contains("port 1: /dev/pts/", StringComparison.Ordinal));
        string[] terminals = [.. card.Log.Split('\n').Where(l => l.StartsWith("port ", StringComparison.Ordinal)).Select(l => l[8..].Trim())];

        string script = Path.GetTempFileName();
        File.WriteAllText(script, Converse);
        try
        {
            using Guest guest = Guest.Start(card, script);
            for (int port = 0; port < 2; port++)
            {
                using FileStream terminal = new(terminals[port], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
                Assert.Equal($"who is there on {port}?\n", ReadLine(terminal));

                // Longer than the FIFO, so the card has to wait for the guest.
                terminal.Write(Encoding.ASCII.GetBytes("a person who types more than sixteen characters\n"));
                Assert.Equal("welcome, a person who types more than sixteen characters\n", ReadLine(terminal));
            }
            Assert.True(guest.WaitForEnd() == 0, guest.Output);
        }
        finally
        {
            File.Delete(script);
        }
        Assert.Equal(0, card.Terminate());
    }

    // Asks at each port in turn who is there, and greets whoever answers.
    private const string Converse = """
        #!/bin/sh
        n=0
        for port in 1 2; do
            stty -F /dev/ttyS$port raw -echo 115200
            exec 5<> /dev/ttyS$port
            echo "who is there on $n?" >&5
            read -r answer <&5 || exit 1
            echo "welcome, $answer" >&5
            stty -F /dev/ttyS$port >/dev/null
            exec 5>&-
            n=$((n + 1))
        done
        """;

    private static string ReadLine(FileStream terminal)
    {
        Task<string> line = Task.Run(() => ReadLineFrom(terminal));
        Assert.True(line.Wait(TimeSpan.FromSeconds(60)), "The guest said nothing at the terminal.");
        return line.Result;
    }

    private static string ReadLineFrom(FileStream terminal)
    {
        var line = new StringBuilder();
        do
        {
            int value = terminal.ReadByte();
            Assert.True(value >= 0, "The terminal was closed.");
            line.Append((char)value);
        }
        while (line[^1] != '\n');
        return line.ToString();
    }

    private static bool AllClientsAreGone(string log) => Count(log, "client connected") == Count(log, "client gone");

    private static int Count(string log, string text) => log.Split(text).Length - 1;
}
