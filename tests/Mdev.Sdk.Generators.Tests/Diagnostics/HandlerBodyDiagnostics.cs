using Mdev.Sdk.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Tests.Diagnostics;

public sealed class HandlerBodyDiagnostics
{
    [Fact]
    public async Task MDEV404_a_method_that_looks_like_a_handler_is_bound()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(16)] public sealed partial class Block
            {
                [Register(0)] public partial uint Control { get; set; }
                private void {|MDEV404:ControlWritten|}(uint old, uint value) { }
                private uint {|MDEV404:OnControlRead|}() => 0;
                private void {|MDEV404:OnElseWrite|}(byte value) { }
            }
            """);
        Assert.Contains(found, d => d.GetMessage(null).Contains("[OnWrite(nameof(Control))]", StringComparison.Ordinal));
        Assert.Contains(found, d => d.GetMessage(null).Contains("[OnRead(nameof(Control))]", StringComparison.Ordinal));
        Assert.Contains(found, d => d.GetMessage(null).Contains("[OnWrite(...)]", StringComparison.Ordinal));
    }

    [Fact]
    public Task MDEV404_methods_of_other_uses_shapes_and_names_are_let_be() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [OnWrite(0)] private void OnStartWrite(uint value) => CountWritten(value);
            [OnWrite(4)] private void OnStopWrite(uint value) => Taken(PassedWritten);
            private void CountWritten(uint value) { }
            private void PassedWritten(uint value) { }
            private static void Taken(Action<uint> action) { }
            public void OnCableWrite(uint value) { }
            private void TextWritten(string value) { }
            private bool OnEverythingRead() => true;
            private uint Readiness() => 0;
        }
        public sealed class Plain { private void ControlWritten(uint value) { } }
        """);

    [Fact]
    public Task MDEV406_a_handler_does_not_wait() => Diagnose.Expect("""
        [RegisterBlock(64)] public sealed partial class Block
        {
            private readonly System.Threading.SemaphoreSlim _free = new(1);
            private readonly System.Threading.AutoResetEvent _done = new(false);
            private readonly object _lock = new();
            [OnWrite(0)] private void Sleeps(uint value) => {|MDEV406:System.Threading.Thread.Sleep(1)|};
            [OnWrite(4)] private void Waits(uint value) => {|MDEV406:Task.CompletedTask.Wait()|};
            [OnRead(8)] private uint Results() => {|MDEV406:Task.FromResult(1u).Result|};
            [OnRead(12)] private uint Gets() => {|MDEV406:Task.FromResult(1u).GetAwaiter().GetResult()|};
            [OnWrite(16)] private void Takes(uint value) { {|MDEV406:_free.Wait()|}; {|MDEV406:_done.WaitOne()|}; }
            [OnWrite(20)] private void Pulsed(uint value) { lock (_lock) {|MDEV406:System.Threading.Monitor.Wait(_lock)|}; }
            [OnWrite(24)] private void Joins(uint value) => {|MDEV406:new System.Threading.Thread(() => { }).Join()|};
            [OnReset] private void Exits() => {|MDEV406:System.Diagnostics.Process.GetCurrentProcess().WaitForExit()|};
        }
        """);

    [Fact]
    public Task MDEV406_methods_and_properties_that_a_handler_uses_do_not_wait() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [OnWrite(0)] private void Start(uint value) => First();
            [OnRead(4)] private uint State() => Slow;
            private void First() => Second();
            private void Second() { First(); {|MDEV406:System.Threading.Thread.Sleep(1)|}; }
            private uint Slow => {|MDEV406:Task.FromResult(1u).Result|};
        }
        """);

    [Fact]
    public Task MDEV406_what_a_device_hands_to_the_SDK_does_not_wait() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            public void Open(Mdev.Sdk.Terminals.Terminal terminal)
            {
                System.Threading.Thread.Sleep(1);
                terminal.Connect(this, Deliver);
                terminal.Connect(this, value => { {|MDEV406:System.Threading.Thread.Sleep(1)|}; return Later(); });
            }
            private bool Deliver(byte value) { {|MDEV406:Task.CompletedTask.Wait()|}; return true; }
            private bool Later() { {|MDEV406:Task.CompletedTask.Wait()|}; return true; }
        }
        """);

    [Fact]
    public Task MDEV406_attributes_of_a_device_do_not_wait() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            [MdevAttribute] private int Speed { get => Ask(); set => {|MDEV406:System.Threading.Thread.Sleep(value)|}; }
            [MdevAttribute] private void Start(int value) => {|MDEV406:Task.Delay(value).Wait()|};
            private int Ask() => {|MDEV406:Task.FromResult(1).Result|};
            public void Close() => Task.CompletedTask.Wait();
        }
        """);

    [Fact]
    public Task MDEV406_other_threads_and_other_methods_may_wait() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            [OnWrite(0)] private void Start(uint value)
            {
                Task.Run(() => System.Threading.Thread.Sleep(1));
                new System.Threading.Thread(Worker).Start();
                _ = nameof(Other);
            }
            private void Worker() => System.Threading.Thread.Sleep(1);
            private void Other() => System.Threading.Thread.Sleep(1);
            public void Close() => Task.CompletedTask.Wait();
        }
        """);

    [Fact]
    public async Task MDEV410_a_handler_does_not_ask_the_client_for_guest_memory()
    {
        IReadOnlyList<Diagnostic> found = await Diagnose.Expect("""
            [RegisterBlock(16)] public sealed partial class Block(Mdev.Sdk.Dma.GuestMemory memory)
            {
                private readonly byte[] _bytes = new byte[8];
                [OnWrite(0)] private void Start(uint value) => _ = {|MDEV410:memory.ReadAsync(value, _bytes)|}.AsTask();
                [OnWrite(4)] private void Stop(uint value) { First(value); _ = Second(value); }
                [OnReset] private void Reset() => memory.TryWrite(0, _bytes);
                private void First(uint value) => _ = {|MDEV410:memory.WriteAsync(value, _bytes)|}.AsTask();
                private async Task Second(uint value)
                {
                    await {|MDEV410:memory.ReadAsync(value, _bytes)|};
                    await memory.WriteAsync(value, _bytes);
                }
            }
            """);
        Assert.Contains(found, d => d.GetMessage(null).Contains("use TryRead", StringComparison.Ordinal));
        Assert.Contains(found, d => d.GetMessage(null).Contains("use TryWrite", StringComparison.Ordinal));
    }

    [Fact]
    public Task MDEV410_callbacks_on_the_lock_do_not_either() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            private readonly byte[] _bytes = new byte[8];
            public void Open()
            {
                Post(() => _ = {|MDEV410:Memory.ReadAsync(0, _bytes)|}.AsTask());
                CreateTimer(Tick);
            }
            private void Tick() => _ = {|MDEV410:Memory.WriteAsync(0, _bytes)|}.AsTask();
        }
        """);

    [Fact]
    public Task MDEV410_other_work_may() => Diagnose.Expect("""
        [PciDevice(1, 2)] public sealed partial class Card : PciDevice
        {
            private readonly byte[] _bytes = new byte[8];
            public Task Open() => Task.Run(async () => await Memory.ReadAsync(0, _bytes));
            public async Task Fetch()
            {
                await Memory.ReadAsync(0, _bytes);
                _ = nameof(Memory.WriteAsync);
            }
        }
        [RegisterBlock(16)] public sealed partial class Block(Mdev.Sdk.Dma.GuestMemory memory)
        {
            [OnWrite(0)] private void Start(uint value) => _ = Later(value);
            private async Task Later(uint value)
            {
                await Task.Yield();
                await memory.ReadAsync(value, new byte[8]);
            }
        }
        """);

    [Fact]
    public Task MDEV408_a_handler_uses_no_way_of_the_guests_into_its_own_block() => Diagnose.Expect("""
        [RegisterBlock(16)] public sealed partial class Block
        {
            private readonly IRegisterBlock _other = null!;
            [Register(0)] public partial uint Control { get; set; }
            [OnWrite(nameof(Control))] private void Written(uint value)
            {
                {|MDEV408:((IRegisterBlock)this).TryWriteLane(0, 1, 0xff)|};
                {|MDEV408:((IRegisterBlock)this).TryReadLane(0, 0xff, out _)|};
                _other.TryWriteLane(0, 1, 0xff);
                Control = value;
            }
            public void Load() => ((IRegisterBlock)this).TryWriteLane(0, 1, 0xff);
        }
        """);
}
