using System.Diagnostics;
using Mdev.Sdk.Testing;

namespace Mtty.Tests;

/// <summary>Surroundings that do not behave: nobody reads, somebody deletes, several want the same.</summary>
public sealed class SurroundingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Standard_error_that_nobody_reads_stops_neither_the_device_nor_its_end()
    {
        // A pipe that is open at both ends and never read; it is full after 64 KiB.
        string script = $"mkfifo '{_folder["pipe"]}' && exec 9<>'{_folder["pipe"]}' && exec \"$@\" 2>&9";
        using MttyProcess mtty = MttyProcess.WaitUntilReady(
            MttyProcess.StartByShell(script, "--trace", "--socket-path", _folder.Socket));
        using (VfioUserClient client = mtty.Connect())
        {
            for (int i = 0; i < 50_000; i++)
                Assert.Equal(0x60, client.ReadRegion(0, 5, 1)[0]);
        }
        for (int i = 0; i < 200; i++)
            mtty.Connect().Dispose();
        mtty.Terminate();
    }

    [Fact]
    public void Standard_output_that_is_closed_is_one_line_and_leaves_no_socket()
    {
        using MttyProcess mtty = MttyProcess.StartByShell("exec \"$@\" >&-", "--socket-path", _folder.Socket);
        Assert.Equal(1, mtty.WaitForExit());
        Assert.Contains("Standard output", mtty.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Socket));
    }

    [Fact]
    public void A_socket_that_somebody_has_put_in_place_of_ours_is_left_alone()
    {
        using MttyProcess first = MttyProcess.StartReady("--socket-path", _folder.Socket);
        File.Delete(_folder.Socket);
        using MttyProcess second = MttyProcess.StartReady("--socket-path", _folder.Socket);
        first.Terminate();

        using (VfioUserClient client = second.Connect())
            Assert.Equal(8ul, client.GetRegionInfo(0).Size);
        second.Terminate();
        Assert.False(File.Exists(_folder.Socket));
    }

    [Fact]
    public void Of_several_that_find_a_stale_socket_at_once_one_gets_it()
    {
        for (int round = 0; round < 3; round++)
        {
            using (MttyProcess killed = MttyProcess.StartReady("--socket-path", _folder.Socket))
            {
                killed.Signal(Libc.SIGKILL);
                killed.WaitForExit();
            }

            MttyProcess[] rivals = [.. Enumerable.Range(0, 3).Select(_ => MttyProcess.Start("--socket-path", _folder.Socket))];
            try
            {
                var patience = Stopwatch.StartNew();
                while (rivals.Count(r => r.HasExited) < 2 && patience.Elapsed < TimeSpan.FromSeconds(20))
                    Thread.Sleep(20);
                MttyProcess winner = Assert.Single(rivals, r => !r.HasExited);
                MttyProcess.WaitUntilReady(winner);
                winner.Connect().Dispose();
                winner.Terminate();
            }
            finally
            {
                foreach (MttyProcess rival in rivals)
                    rival.Dispose();
            }
        }
    }

    [Theory]
    [InlineData("--socket-path", "")]
    [InlineData("--fd", "abc")]
    [InlineData("--fd", "-1")]
    [InlineData("[suggest:1]", "x")]
    [InlineData("--uuid", "83b8f4f2-509f-382f-3c1e-000000000001Z")]
    public void An_odd_word_is_one_line_and_status_2(params string[] arguments)
    {
        using MttyProcess mtty = MttyProcess.Start(arguments);
        Assert.Equal(2, mtty.WaitForExit());
        Assert.Single(mtty.ErrorLines);
    }

    [Fact]
    public void What_a_person_has_typed_ahead_arrives_after_a_reset_too()
    {
        using MttyProcess mtty = MttyProcess.StartReady("--pty", "--socket-path", _folder.Socket);

        // Standard error is read on its own, and may be behind the ready line.
        Assert.True(SpinWait.SpinUntil(() => mtty.ErrorLines.Any(IsFirstPort), TimeSpan.FromSeconds(30)), "The program names no terminal.");
        string terminal = mtty.ErrorLines.Single(IsFirstPort)[8..];
        using var person = new FileStream(terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        person.Write(new byte[40]);

        using (VfioUserClient client = mtty.Connect())
        {
            WaitForData(client);
            client.Reset();
            WaitForData(client);
        }
        mtty.Terminate();
    }

    private static bool IsFirstPort(string line) => line.StartsWith("port 0: ", StringComparison.Ordinal);

    [Fact]
    public void The_console_is_the_far_end_of_the_first_port()
    {
        using MttyProcess mtty = MttyProcess.WaitUntilReady(MttyProcess.StartByShell(
            $"mkfifo '{_folder["in"]}' && exec 8<>'{_folder["in"]}' && exec \"$@\" <&8", "--console", "--socket-path", _folder.Socket));
        using (VfioUserClient client = mtty.Connect())
        using (var person = new FileStream(_folder["in"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            foreach (byte value in "guest\n"u8)
                client.WriteRegion(0, 0, value);

            person.Write("me"u8);
            WaitForData(client);
            Assert.Equal((byte)'m', client.ReadRegion(0, 0, 1)[0]);
            WaitForData(client);
            Assert.Equal((byte)'e', client.ReadRegion(0, 0, 1)[0]);
        }
        mtty.Terminate();
        Assert.Equal("guest", mtty.Output[1]);
    }

    private static void WaitForData(VfioUserClient client)
    {
        var patience = Stopwatch.StartNew();
        while ((client.ReadRegion(0, 5, 1)[0] & 0x01) == 0)
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "Nothing arrives.");
    }
}
