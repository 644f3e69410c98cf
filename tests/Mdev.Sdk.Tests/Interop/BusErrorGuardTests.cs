using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Testing;

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
    public void A_SIGBUS_of_anybody_else_ends_the_process_as_it_did_before(string how)
    {
        int before = RunChild(how);
        Assert.NotEqual(Survived, before);
        Assert.NotEqual(0, before);
        Assert.Equal(before, RunChild(how + " guarded"));
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
        using var guest = new SharedMemory(4096);
        using SharedMapping? guarded = what is "fault" or "kill" ? null : SharedMapping.TryMap(guest.Handle, 0, 4096, 3, out _);
        if (what.StartsWith("kill", StringComparison.Ordinal))
        {
            // At the first one, .NET puts the handler of before it back, which is none.
            _ = kill(Environment.ProcessId, Libc.SIGBUS);
            Thread.Sleep(TimeSpan.FromMilliseconds(100));
            _ = kill(Environment.ProcessId, Libc.SIGBUS);
            Thread.Sleep(TimeSpan.FromSeconds(10));
        }
        else if (what == "guest")
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

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
