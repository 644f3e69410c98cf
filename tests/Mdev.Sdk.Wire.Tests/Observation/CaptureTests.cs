using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Mdev.Sdk.Observation;
using Mdev.Sdk.Testing;
using Mdev.Sdk.Testing.Captures;
using Mdev.Sdk.Wire.Tests.Support;

namespace Mdev.Sdk.Wire.Tests.Observation;

/// <summary>A trace as a pcapng file. Source: draft-ietf-opsawg-pcapng.</summary>
public sealed class CaptureTests
{
    private static readonly Guid s_uuid = new("aa618089-8b16-4d01-a136-25a0f3c73123");

    [Fact]
    public void A_file_is_a_section_two_interfaces_and_the_messages_byte_for_byte()
    {
        byte[] file = Capture(
            new() { Kind = TraceEventKind.Request, Time = 0x0102_0304_0506_0708, Region = 0, RegionName = "BAR0", Offset = 3, Count = 1, IsWrite = true, Data = new byte[] { 0x83 } },
            new() { Kind = TraceEventKind.Register, Time = 0x0102_0304_0506_0708, Region = 0, RegionName = "BAR0", Offset = 3, Count = 1, IsWrite = true, Name = "LCR", Value = 0x83 },
            new() { Kind = TraceEventKind.Interrupt, Time = 0x0102_0304_0506_0709, Interrupt = 2, InterruptName = "MSI-X", Vector = 5 },
            new() { Kind = TraceEventKind.Reply, Time = 0x0102_0304_0506_070a, Region = 0, RegionName = "BAR0", Offset = 3, Count = 1, IsWrite = true });

        List<(uint Type, byte[] Body)> blocks = BlocksOf(file);
        Assert.Equal([0x0a0d0d0au, 1, 1, 6, 6, 6], blocks.Select(b => b.Type));

        // Byte order, version 1.0, unknown length; who wrote it, of what.
        Assert.Equal(
            [.. Raw.Bytes(0x1a2b3c4du, 1u, ulong.MaxValue), .. Option(4, "dotnet mdev trace"), .. Option(1, "mtty-1 of mtty"), 0, 0, 0, 0],
            blocks[0].Body);

        // LINKTYPE_USER0 with nanoseconds, then LINKTYPE_USER1.
        Assert.Equal(Raw.Bytes(147u, 65568u), blocks[1].Body[..8]);
        Assert.Equal(Option(2, $"mdev {s_uuid}"), blocks[1].Body[8..(8 + Option(2, $"mdev {s_uuid}").Length)]);
        Assert.Equal([9, 0, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0], blocks[1].Body[^12..]);
        Assert.Equal(Raw.Bytes(148u, 8u), blocks[2].Body[..8]);

        // Interface, time, lengths; REGION_WRITE of one byte; inbound.
        Assert.Equal(
            [
                .. Raw.Bytes(0u, 0x0102_0304u, 0x0506_0708u, 33u, 33u),
                .. Raw.Bytes((ushort)1, (ushort)10, 33u, 0u, 0u), .. Raw.Bytes(3ul, 0u, 1u), 0x83, 0, 0, 0,
                .. Raw.Bytes((ushort)2, (ushort)4, 1u), 0, 0, 0, 0,
            ],
            blocks[3].Body);
        Assert.Equal(
            [
                .. Raw.Bytes(1u, 0x0102_0304u, 0x0506_0709u, 8u, 8u), .. Raw.Bytes(2u, 5u),
                .. Option(1, "MSI-X 5 signalled"), .. Raw.Bytes((ushort)2, (ushort)4, 2u), 0, 0, 0, 0,
            ],
            blocks[4].Body);
        Assert.Equal(
            [
                .. Raw.Bytes(0u, 0x0102_0304u, 0x0506_070au, 32u, 32u),
                .. Raw.Bytes((ushort)1, (ushort)10, 32u, 1u, 0u), .. Raw.Bytes(3ul, 0u, 1u),
                .. Option(1, "BAR0+3 LCR  <- 0x83"), .. Raw.Bytes((ushort)2, (ushort)4, 2u), 0, 0, 0, 0,
            ],
            blocks[5].Body);
    }

    [Fact]
    public void What_is_lost_is_a_drop_count_of_the_next_packet()
    {
        byte[] file = Capture(
            new() { Kind = TraceEventKind.Lost, Time = 1, Lost = 7 },
            new() { Kind = TraceEventKind.Reset, Time = 2 });
        List<(uint Type, byte[] Body)> blocks = BlocksOf(file);
        Assert.Equal([.. Raw.Bytes((ushort)4, (ushort)8, 7ul), 0, 0, 0, 0], blocks[3].Body[^16..]);
        Assert.Equal(Raw.Bytes((ushort)1, (ushort)13, 16u, 1u, 0u), blocks[4].Body[20..36]);
        Assert.DoesNotContain(Raw.Bytes((ushort)4, (ushort)8), Chunks(blocks[4].Body[36..]));
    }

    [Fact]
    public void A_file_is_read_as_it_was_written()
    {
        CaptureFile file = CaptureFile.Parse(Capture(
            new() { Kind = TraceEventKind.Request, Time = 5, Region = 7, RegionName = "CONFIG", Offset = 4, Count = 2, IsWrite = false, Name = "Command" },
            new() { Kind = TraceEventKind.Reply, Time = 6, Region = 7, RegionName = "CONFIG", Offset = 4, Count = 2, IsWrite = false, Name = "Command", Data = new byte[] { 7, 0 } }));
        Assert.Equal([(1, 5L, 147, 32L), (2, 6L, 147, 34L)], file.Packets.Select(p => (p.Number, p.Time, p.LinkType, p.Length)));
        Assert.Equal(["CONFIG+4 Command -> 0x0007"], file.Packets[1].Comments);
        Assert.Equal([7, 0], file.Packets[1].Data[32..].ToArray());
    }

    [Fact]
    public void A_recording_gives_the_same_answers_again()
    {
        byte[] recording = Record(client =>
        {
            client.WriteRegion(0, 3, 0x80);
            client.WriteRegion(0, 0, 0x0c);
            client.ReadRegion(0, 0, 1);
            client.WriteRegion(0, 3, 0x03);
            client.WriteRegion(0, 7, 0x5a);
            client.ReadRegion(0, 7, 1);
            client.ReadRegion(7, 0, 4);
            Assert.Equal(Errno.EINVAL, client.TryReadRegion(5, 0, new byte[1]));
            client.Reset();
            client.ReadRegion(0, 7, 1);
        });
        using DeviceServer again = Serve();
        var replay = new CaptureReplay(again.Client);
        Assert.Empty(replay.Run(CaptureFile.Parse(recording)));
        Assert.Equal((9, 0), (replay.Accesses, replay.Skipped));
    }

    [Fact]
    public void A_device_that_answers_otherwise_is_told_with_the_registers_name()
    {
        byte[] recording = Record(client =>
        {
            client.WriteRegion(0, 7, 0x5a);
            client.ReadRegion(0, 7, 1);
            client.ReadRegion(0, 4, 1);
        });
        CaptureFile file = CaptureFile.Parse(recording);

        // Somebody else wrote another value.
        byte[] changed = file.Packets[0].Data.ToArray();
        changed[^1] = 0x5b;
        file = new CaptureFile([file.Packets[0] with { Data = changed }, .. file.Packets.Skip(1)]);

        using DeviceServer again = Serve();
        CaptureDifference difference = Assert.Single(new CaptureReplay(again.Client).Run(file));
        Assert.Equal((4, 0u, 7ul, "5a", "5b"), (difference.Packet, difference.Region, difference.Offset, difference.Recorded, difference.Actual));
        Assert.Equal("packet 4: read of region 0 +0x7 gave 5b, recorded 5a (recorded: BAR0+7 SCR  -> 0x5a)", difference.ToString());
    }

    [Fact]
    public void A_file_that_breaks_off_ends_before_the_break_and_nonsense_is_refused()
    {
        byte[] recording = Record(client => client.ReadRegion(0, 5, 1));
        int complete = CaptureFile.Parse(recording).Packets.Count;
        Assert.Equal(2, complete);
        for (int length = 1; length < recording.Length; length++)
        {
            byte[] prefix = recording[..length];
            if (length < 12)
                Assert.Throws<InvalidDataException>(() => CaptureFile.Parse(prefix));
            else
                Assert.InRange(CaptureFile.Parse(prefix).Packets.Count, 0, complete);
        }
        Assert.Throws<InvalidDataException>(() => CaptureFile.Parse("GIF89a, and much more than that"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => CaptureFile.Parse(Raw.Bytes(0x0a0d0d0au, 28u, 0x4d3c2b1au)));
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_read_or_refused_and_nothing_else()
    {
        byte[] recording = Record(client =>
        {
            client.WriteRegion(0, 7, 1);
            client.ReadRegion(0, 7, 1);
        });
        using DeviceServer again = Serve();
        var random = new Random(5);
        for (int at = 0; at < recording.Length; at++)
        {
            byte[] mutated = [.. recording];
            mutated[at] = (byte)random.Next(256);
            try
            {
                foreach (CaptureDifference difference in new CaptureReplay(again.Client).Run(CaptureFile.Parse(mutated)))
                    Assert.NotEmpty(difference.ToString());
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [NeedsFact(Need.Tshark)]
    public void Wireshark_shows_messages_registers_and_interrupts_by_the_dissector_of_the_docs()
    {
        byte[] recording = Record(client =>
        {
            using var pin = new EventFd();
            client.ArmIrqs(0, pin);
            client.WriteRegion(0, 1, 0x02);
            client.ReadRegion(0, 5, 1);
            Assert.Equal(Errno.EINVAL, client.TryReadRegion(5, 0, new byte[1]));
        });
        string path = Path.Combine(Directory.CreateTempSubdirectory("mdev").FullName, "r.pcapng");
        File.WriteAllBytes(path, recording);
        string[] lines = RunTshark("-r", path, "-T", "fields", "-e", "frame.number", "-e", "_ws.col.Protocol", "-e", "_ws.col.Info", "-e", "frame.comment", "-e", "vfio_user.request");
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        Assert.Equal(
            [
                "1\tvfio-user\tREGION_WRITE BAR0+0x1 <- 0x02\t\t",
                "2\tinterrupt\tINTx 0\tINTx 0 signalled\t",
                "3\tvfio-user\tREGION_WRITE reply BAR0+0x1, 1 byte\tBAR0+1 IER  <- 0x02 (ReceivedData = false, TransmitterEmpty = true, LineStatus = false, ModemStatus = false)\t1",
                "4\tvfio-user\tREGION_READ BAR0+0x5, 1 byte\t\t",
                "5\tvfio-user\tREGION_READ reply BAR0+0x5 -> 0x60\tBAR0+5 LSR  -> 0x60\t4",
                "6\tvfio-user\tREGION_READ BAR5+0x0, 1 byte\t\t",
                "7\tvfio-user\tREGION_READ reply EINVAL\tBAR5+0 -> refused with EINVAL\t6",
            ],
            lines);
    }

    private static string[] RunTshark(params string[] arguments)
    {
        string dissector = Repository.PathOf("docs/vfio-user.lua");
        using Process tshark = Process.Start(new ProcessStartInfo("/usr/bin/tshark", [.. arguments, "-X", $"lua_script:{dissector}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = tshark.StandardError.ReadToEndAsync();
        string output = tshark.StandardOutput.ReadToEnd();
        tshark.WaitForExit();
        Assert.True(tshark.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static DeviceServer Serve() => new(new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null)));

    private static byte[] Record(Action<VfioUserClient> play)
    {
        var device = new Mtty.MttyDevice(1, new Mtty.MttyParent(_ => null));
        using var server = new DeviceServer(device);
        using var trace = new DeviceTrace(device);
        play(server.Client);
        return Capture([.. DeviceTraceTests.EventsOf(trace)]);
    }

    private static byte[] Capture(params TraceEvent[] events)
    {
        using var stream = new MemoryStream();
        var writer = new CaptureWriter(stream, s_uuid, "mtty-1 of mtty");
        foreach (TraceEvent next in events)
            writer.Write(next);
        return stream.ToArray();
    }

    private static byte[] Option(ushort code, string text)
    {
        byte[] value = Encoding.UTF8.GetBytes(text);
        return [.. Raw.Bytes(code, (ushort)value.Length), .. value, .. new byte[-value.Length & 3]];
    }

    private static IEnumerable<byte[]> Chunks(byte[] bytes) => bytes.Chunk(4);

    private static List<(uint Type, byte[] Body)> BlocksOf(byte[] file)
    {
        var blocks = new List<(uint, byte[])>();
        for (int at = 0; at < file.Length;)
        {
            uint type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
            int length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            Assert.Equal(0, length % 4);
            Assert.Equal(length, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + length - 4)));
            blocks.Add((type, file[(at + 8)..(at + length - 4)]));
            at += length;
        }
        return blocks;
    }
}
