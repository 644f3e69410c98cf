using Mdev.Sdk.Generators.Reading;

namespace Mdev.Sdk.Generators.Emitting;

/// <summary>Prints the four ways to a lane: a guest's read and write, and a look and a store without side effects.</summary>
internal static class LaneEmitter
{
    public static void WriteRead(IndentedWriter writer, RegisterBlockModel block, bool peek)
    {
        // Differences that wrap are meant to, also in a program built with overflow checks: below a range is outside of it.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, peek ? "TryPeekLane" : "TryReadLane", "enabled, out value");
        ArrayEmitter.WriteReads(writer, block, peek);
        Lane.WriteSwitch(writer, Lane.Split(block), write: false, body =>
        {
            if (!body.Whole)
                writer.Line("ulong lane = 0;");
            body.Write(
                register =>
                {
                    writer.Line($"{(body.Whole ? "value =" : "lane |=")} {RegisterRead.Value(register, peek)};");
                    if (!peek)
                        RegisterRead.WriteAfter(writer, register);
                },
                () => writer.Line("value = lane;"));
        });
        writer.Line("value = 0;");
        writer.Line("return false;");
        writer.Close();
    }

    public static void WriteWrite(IndentedWriter writer, RegisterBlockModel block)
    {
        // Casts that cut are meant to cut, also in a program built with overflow checks.
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryWriteLane", "value, enabled");
        ArrayEmitter.WriteWrites(writer, block, RegisterWrite.Write);
        Lane.WriteSwitch(
            writer,
            Lane.Split(block),
            write: true,
            body => body.Write(register => RegisterWrite.Write(writer, register), static () => { }));
        writer.Line("return false;");
        writer.Close();
    }

    public static void WritePoke(IndentedWriter writer, RegisterBlockModel block)
    {
        // The same registers, open to everything and without handlers.
        RegisterBlockModel raw = block with
        {
            Registers = block.Registers
                .Where(r => r is { Storage: not null, IsConstant: false, IsAlias: false })
                .Select(r => r with { Claims = RegisterModel.Reads | RegisterModel.Writes, OnRead = null, OnWrite = null })
                .ToEquatableArray(),
        };
        writer.Open("unchecked");
        NestedBlockEmitter.WriteLanes(writer, block.Blocks, "TryPokeLane", "value, enabled");
        ArrayEmitter.WriteWrites(writer, block, RegisterWrite.Poke);
        Lane.WriteSwitch(
            writer,
            Lane.Split(raw),
            write: true,
            body => body.Write(register => RegisterWrite.Poke(writer, register), static () => { }));
        writer.Line("return false;");
        writer.Close();
    }
}
