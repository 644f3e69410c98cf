using Mdev.Devices.Tests;

namespace Mdev.Bridge.Tests;

/// <summary>Too many, too long, too far.</summary>
public sealed class LimitTests
{
    private const long ConfigSize = 4096;

    // What a runtime opens for itself now and then.
    private const int Own = 10;

    [NeedsFact(Need.Fuse)]
    public void A_thousand_opens_of_each_file_are_served_and_leave_nothing_behind()
    {
        using var device = new ServedDevice("exerciser");
        foreach (string name in (string[])["regions/7", "regions/1", "info"])
        {
            int before = Descriptors(device);
            HostFile[] files = [.. Enumerable.Range(0, 1000).Select(_ => HostFile.Open(Path.Combine(device.Folder, name), HostFile.ReadOnly))];
            byte[] bytes = new byte[2];
            Assert.All(files, file => Assert.Equal(2, file.Read(bytes)));
            foreach (HostFile file in files)
                file.Dispose();
            Eventually.True(() => Descriptors(device) <= before + Own, $"The host keeps something of {name}.");
        }
        Assert.Equal(0x9710, BitConverter.ToUInt16(device.Client.ReadRegion(7, 0, 2)));
    }

    [NeedsTheory(Need.Fuse)]
    [InlineData(0, 4096, 4096)]
    [InlineData(0, 5000, 4096)]
    [InlineData(0, 10_000_000, 4096)]
    [InlineData(4094, 4, 2)]
    [InlineData(ConfigSize, 4, 0)]
    [InlineData(ConfigSize + 1, 1, -(long)Errno.EINVAL)]
    [InlineData(1L << 40, 65536, -(long)Errno.EINVAL)]
    [InlineData(long.MaxValue - 4096, 4096, -(long)Errno.EINVAL)]
    public void A_read_ends_where_the_region_does_and_none_begins_behind_it(long offset, int count, long expected)
    {
        using var device = new ServedDevice("exerciser");
        using HostFile config = HostFile.Open(Path.Combine(device.Folder, "regions/7"));
        Assert.Equal(expected, config.ReadAt(offset, new byte[count]));
        Assert.Equal(2, config.ReadAt(0, new byte[2]));
    }

    [NeedsTheory(Need.Fuse)]
    [InlineData(ConfigSize, 4)]
    [InlineData(1L << 40, 65536)]
    public void A_write_behind_the_region_is_refused(long offset, int count)
    {
        using var device = new ServedDevice("exerciser");
        using HostFile config = HostFile.Open(Path.Combine(device.Folder, "regions/7"));
        Assert.Equal(-(long)Errno.EINVAL, config.WriteAt(offset, new byte[count]));
        Assert.Equal(2, config.ReadAt(0, new byte[2]));
    }

    [NeedsFact(Need.Fuse)]
    public void A_megabyte_goes_in_and_out_of_memory_in_one_call_each_and_no_byte_goes_elsewhere()
    {
        using var device = new ServedDevice("shared");
        byte[] pattern = new byte[0x10_0000];
        new Random(7).NextBytes(pattern);
        using HostFile video = HostFile.Open(Path.Combine(device.Folder, "regions/2"));
        Assert.Equal(pattern.Length, video.WriteAt(0, pattern));
        byte[] back = new byte[pattern.Length + 100];
        Assert.Equal(pattern.Length, video.ReadAt(0, back));
        Assert.Equal(pattern, back[..pattern.Length]);
    }

    private static int Descriptors(ServedDevice device) => Directory.GetFileSystemEntries($"/proc/{device.Process}/fd").Length;
}
