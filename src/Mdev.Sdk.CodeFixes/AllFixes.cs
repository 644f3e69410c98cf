using Mdev.Sdk.CodeFixes.Fixes;

namespace Mdev.Sdk.CodeFixes;

/// <summary>Each rule that has a mechanical correction, by its id.</summary>
internal static class AllFixes
{
    public static Dictionary<string, IFix> ById { get; } = new(StringComparer.Ordinal)
    {
        ["MDEV001"] = new MakePartial(),
        ["MDEV004"] = new SanitiseName(),
        ["MDEV007"] = new AddConstructor(),
        ["MDEV012"] = new DeclareBudget(),
        ["MDEV103"] = new RoundUp(argument: 1),
        ["MDEV110"] = new RoundUp(argument: 2),
        ["MDEV201"] = new MoveRegister(argument: 5),
        ["MDEV203"] = new GrowBlock(),
        ["MDEV204"] = new MoveRegister(argument: 3),
        ["MDEV206"] = new MaskReset(),
        ["MDEV209"] = new SplitRegister(),
        ["MDEV210"] = new DeclareCondition(),
        ["MDEV301"] = new ShiftField(),
        ["MDEV303"] = new SwapBits(),
        ["MDEV305"] = new WidenFieldType(),
        ["MDEV401"] = new DeclareRegister(),
        ["MDEV402"] = new CorrectSignature(),
        ["MDEV404"] = new BindHandler(),
        ["MDEV405"] = new MakeSynchronous(),
        ["MDEV407"] = new MarkPure(),
        ["MDEV602"] = new SaySaved(),
        ["MDEV701"] = new CorrectName(),
        ["MDEV706"] = new CorrectUndo(),
    };
}
