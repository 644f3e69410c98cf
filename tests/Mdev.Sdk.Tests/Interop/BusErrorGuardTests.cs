using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Tests.Interop;

public sealed unsafe class BusErrorGuardTests
{
    // What a process of its own is to do; this assembly is its program.
    private const string Variable = "MDEV_TEST_SIGBUS";
    private const int Survived = 42;

    [Fact]
    public void Here_there_is_a_guard() => Assert.True(BusErrorGuard.IsAvailable);

    [Theory]
    [InlineData("fault")]
    [InlineData("kill")]
    [InlineData("fault default")]
    [InlineData("kill default")]
    public void A_SIGBUS_of_anybody_else_ends_the_process_as_it_did_before(string how)
    {
        int before = RunChild(how);
        Assert.NotEqual(Survived, before);
        Assert.NotEqual(0, before);
        Assert.Equal(before, RunChild(how + " guarded"));
    }

    [Fact]
    public void A_SIGBUS_of_guest_memory_does_not_where_there_was_no_handler_either() => Assert.Equal(Survived, RunChild("guest default"));

    [Fact]
    public void Without_a_guard_a_file_is_mapped_that_cannot_shrink_and_no_other() => Assert.Equal(Survived, RunChild("off"));

    [Fact]
    public void The_code_finds_its_two_words_behind_itself()
    {
        ReadOnlySpan<byte> x64 = BusErrorCode.X64;
        int table = (x64.Length + 7) & ~7;
        Assert.Equal(table, RelativeX64(x64, 0x12 + 3));
        Assert.Equal(table + 8, RelativeX64(x64, 0x98 + 2));
        Assert.Equal(table, RelativeX64(x64, 0xa7 + 3));
        Assert.Equal([0xf3, 0x0f, 0x1e, 0xfa], x64.Slice(BusErrorCode.DefaultX64, 4).ToArray());

        ReadOnlySpan<uint> arm64 = BusErrorCode.Arm64;
        table = ((arm64.Length * 4) + 7) & ~7;
        int[] literals = [.. Enumerable.Range(0, arm64.Length).Where(i => BusErrorCode.Arm64[i] >> 24 == 0x58)];
        Assert.Equal([table, table + 8, table], literals.Select(i => (i * 4) + ((int)(BusErrorCode.Arm64[i] << 8) >> 13 << 2)));
        Assert.Equal(0xd503245fu, arm64[BusErrorCode.DefaultArm64 / 4]);
    }

    [Fact]
    public void A_SIGBUS_of_guest_memory_does_not() => Assert.Equal(Survived, RunChild("guest"));

    [Fact]
    public void Places_in_the_table_are_used_again()
    {
        using var memory = new SharedMemory(4096);
        for (int i = 0; i < BusErrorGuard.Capacity + 10; i++)
        {
            using SharedMapping? mapping = SharedMapping.TryMap(memory.Handle, 0, 4096, Libc.PROT_READ, out string reason);
            Assert.True(mapping is not null, reason);
        }
    }

    private static int RelativeX64(ReadOnlySpan<byte> code, int at) => at + 4 + BitConverter.ToInt32(code[at..]);

    private static int RunChild(string what)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { "exec", typeof(BusErrorGuardTests).Assembly.Location },
            Environment = { [Variable] = what, ["DOTNET_DbgEnableMiniDump"] = "0" },
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        _ = child.StandardError.ReadToEndAsync();
        _ = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode;
    }

#pragma warning disable CA2255 // An assembly of tests is a program too, whose Main is not ours.
    [ModuleInitializer]
    internal static void ActAsChild()
    {
        string? what = Environment.GetEnvironmentVariable(Variable);
        if (what is null)
            return;
        if (what.Contains("default", StringComparison.Ordinal))
        {
            Libc.sigaction_t none = default;
            _ = Libc.sigaction(Libc.SIGBUS, &none, null);
        }
        if (what == "off")
            Environment.Exit(MapsWithoutGuard() ? Survived : 1);
        using var guest = new SharedMemory(4096);
        bool guards = what.Contains("guarded", StringComparison.Ordinal) || what.StartsWith("guest", StringComparison.Ordinal);
        using SharedMapping? guarded = !guards ? null : SharedMapping.TryMap(guest.Handle, 0, 4096, 3, out _);
        if (what.StartsWith("kill", StringComparison.Ordinal))
        {
            // At the first one, .NET puts the handler of before it back, which is none.
            _ = kill(Environment.ProcessId, Libc.SIGBUS);
            Thread.Sleep(TimeSpan.FromMilliseconds(100));
            _ = kill(Environment.ProcessId, Libc.SIGBUS);
            Thread.Sleep(TimeSpan.FromSeconds(10));
        }
        else if (what.StartsWith("guest", StringComparison.Ordinal))
        {
            guest.Resize(0);
            *guarded!.Start = 1;
            if (!guarded.IsBroken)
                Environment.Exit(1);
        }
        else
        {
            using var own = new SharedMemory(4096);
            nint mapped = Libc.mmap(null, 4096, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, own.Descriptor, 0);
            own.Resize(0);
            *(byte*)mapped = 1;
        }
        Environment.Exit(Survived);
    }
#pragma warning restore CA2255

    private static bool MapsWithoutGuard()
    {
        AppContext.SetSwitch(BusErrorGuard.OffSwitch, true);
        using var loose = new SharedMemory(8192);
        using SharedMapping? refused = SharedMapping.TryMap(loose.Handle, 0, 4096, Libc.PROT_READ, out string reason);

        int descriptor;
        fixed (byte* name = "sealed\0"u8)
            descriptor = Libc.memfd_create(name, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING);
        using var tight = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.SetLength(tight, 8192);
        _ = Libc.fcntl(descriptor, Libc.F_ADD_SEALS, Libc.F_SEAL_SHRINK);
        using SharedMapping? mapped = SharedMapping.TryMap(tight, 4096, 4096, Libc.PROT_READ, out _);
        using SharedMapping? beyond = SharedMapping.TryMap(tight, 4096, 4097, Libc.PROT_READ, out _);
        return refused is null && reason.Contains("truncated", StringComparison.Ordinal) && mapped is { IsBroken: false } && beyond is null;
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
