using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.State;

namespace Mdev.Sdk.Device;

/// <summary>What a device remembers, as bytes: for another process, or another machine, that goes on with it.</summary>
public abstract partial class VfioDevice
{
    // What all forms begin with: the letters MDEV, and a number that changes when this file's part of the form does.
    private const ulong Form = 0x0000_0001_5645_444d;
    private const ulong LinesForm = 0x01, FieldsForm = 0x02, RegionForm = 0x100;

    /// <summary>
    /// Writes the device's state: config space, registers, memory, members with <see cref="SavedAttribute"/>, interrupts that wait behind
    /// a mask, and lines that device code holds high. What the client has connected (memory, eventfds), timers and posted work are not in it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The state takes more than 2 GiB: there is so much memory that is not zero.</exception>
    /// <remarks>
    /// Thread-safe; the whole is taken between two accesses, except for memory that a client has mapped, which it may write meanwhile.
    /// Allocates.
    /// </remarks>
    public void SaveState(IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var writer = new StateWriter();
        lock (Gate)
        {
            writer.Begin(Form);
            for (int index = 0; index < _regions.Length; index++)
            {
                if (_regions[index] is not { } region)
                    continue;
                writer.Begin(RegionForm + (uint)index);
                region.SaveState(writer);
                writer.End();
            }

            writer.Begin(FieldsForm);
            SaveFields(writer);
            writer.End();
            writer.Begin(LinesForm);
            SaveLines(writer);
            writer.End();
            writer.End();
        }

        writer.Write(sizeof(ulong), StateHash.Of(writer.Written));
        destination.Write(writer.Written);
    }

    /// <summary>
    /// Restores what <see cref="SaveState"/> wrote, in this process or another one, for a device of the same declaration. All of it is
    /// checked before anything changes. No handler runs; interrupt lines follow: a level that was high is high again, and no message is
    /// sent for it a second time. At the end <see cref="StateLoaded"/> runs, and what it raises signals.
    /// </summary>
    /// <param name="state">The bytes.</param>
    /// <param name="problem">Why not, as a sentence.</param>
    /// <returns>Whether the device has that state now; otherwise it is as it was.</returns>
    /// <remarks>Thread-safe. Whatever the bytes are, it throws nothing.</remarks>
    public bool TryLoadState(ReadOnlySpan<byte> state, [NotNullWhen(false)] out string? problem)
    {
        if (state.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64LittleEndian(state[^sizeof(ulong)..]) != StateHash.Of(state[..^sizeof(ulong)]))
        {
            problem = "These bytes are no saved state, or not all of one, or they have changed.";
            return false;
        }

        ReadOnlySpan<byte> form = state[..^sizeof(ulong)];
        lock (Gate)
        {
            var check = new StateReader(form, apply: false);
            Load(ref check);
            problem = check.Problem;
            if (problem is not null)
                return false;

            Deferred.Begin();
            Deferred.IsRestoring = true;
            try
            {
                var apply = new StateReader(form, apply: true);
                Load(ref apply);
            }
            finally
            {
                Deferred.End();
                Deferred.IsRestoring = false;
            }

            if (!_stopped)
                Interrupts.DeliverWaiting();
            ResumeFromState();
        }
        return true;
    }

    /// <summary>
    /// Runs on the device's lock at the end of <see cref="TryLoadState"/>, for what follows from the state and is not saved: a timer that
    /// must run again, a far end that must know. What it throws is logged and counted.
    /// </summary>
    protected virtual void StateLoaded() { }

    /// <summary>Writes the members with <see cref="SavedAttribute"/>; generated.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void SaveFields(StateWriter writer) { }

    /// <summary>Restores them; generated.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected virtual void LoadFields(ref StateReader reader) { }

    private void SaveLines(StateWriter writer)
    {
        foreach (InterruptLine line in Lines)
            writer.Write(1, line.IsHeld ? 1ul : 0);
    }

    private void LoadLines(ref StateReader reader)
    {
        foreach (InterruptLine line in Lines)
        {
            if (reader.Next(1, out ulong held))
                line.RestoreHeld(held != 0);
        }
    }

    // What it raises is news, and not restored: it signals, which may be once too often but is never lost.
    private void ResumeFromState()
    {
        Deferred.Begin();
        try
        {
            RunGuarded(StateLoaded);
        }
        finally
        {
            Deferred.End();
        }
    }

    private void Load(ref StateReader reader)
    {
        if (!reader.Begin("the device", Form))
            return;
        for (int index = 0; index < _regions.Length; index++)
        {
            if (_regions[index] is not { } region)
                continue;
            if (!reader.Begin($"region {index}", RegionForm + (uint)index))
                return;
            region.LoadState(ref reader);
            reader.End();
        }

        if (!reader.Begin("the device's own members", FieldsForm))
            return;
        LoadFields(ref reader);
        reader.End();
        if (!reader.Begin("the interrupt lines", LinesForm))
            return;
        LoadLines(ref reader);
        reader.End();
        reader.End();
    }
}
