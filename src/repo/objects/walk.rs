// SPDX-License-Identifier: MIT OR Apache-2.0
//! The walk: families of deltas from the oldest member down, shared over threads.

use std::{
    ops::Range,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
};

use super::{
    Base, ObjIdx, ObjectError, ObjectKind, Op, Visit, Visitor,
    budget::{BUDGET, Budget},
    buffer::Buffer,
    pack::{BASE_UNREADABLE, Pack, Scratch, unreadable},
    plan::{Job, PackPlan, Plan},
    store::Objects,
};

pub(super) fn walk<V: Visitor>(
    objects: &Objects,
    wanted: &(dyn Fn(ObjIdx) -> bool + Sync),
    limit: u64,
    threads: usize,
    stop: &AtomicBool,
    make: &(dyn Fn() -> V + Sync),
) -> Vec<V> {
    let plan = Plan::new(objects, wanted);
    let next = AtomicUsize::new(0);
    let threads = threads.max(1);
    let budget = Budget::new(BUDGET, threads);
    let work = |number| {
        let mut scratch = Scratch::default();
        scratch.purse = Some(budget.purse(number));
        let mut worker = Worker { objects, plan: &plan, limit, stop, scratch, visitor: make() };
        while !worker.stopped()
            && let Some(job) = plan.jobs.get(next.fetch_add(1, Ordering::Relaxed))
        {
            worker.run(job);
        }
        worker.visitor
    };
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> =
            (0..threads).map(|number| scope.spawn(move || work(number))).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, V>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    })
}

struct Worker<'a, V> {
    objects: &'a Objects,
    plan: &'a Plan,
    limit: u64,
    stop: &'a AtomicBool,
    scratch: Scratch,
    visitor: V,
}

/// An entry that others are made from.
struct Member<S> {
    object: u32,
    /// Where its next child stands, and the end of its children.
    children: Range<usize>,
    content: Content<S>,
}

/// What is known of an entry.
enum Content<S> {
    /// All of it; the state if a visitor has seen it.
    Read(ObjectKind, Buffer, Option<S>),
    /// It is too large to be read, or was made from what is.
    TooLarge,
    /// It can't be read.
    Lost,
}

impl<S> Member<S> {
    /// Returns the member as the base of what `ops` made from it, if it was shown.
    fn base<'a>(&'a self, ops: &'a [Op]) -> Option<Base<'a, S>> {
        match &self.content {
            // There are none if they were too many to keep.
            Content::Read(_, data, Some(state)) if !ops.is_empty() => {
                Some(Base { idx: ObjIdx(self.object), data: data.as_slice(), state, ops })
            }
            _ => None,
        }
    }
}

/// An entry that was read just now.
struct Made {
    kind: ObjectKind,
    data: Buffer,
    /// Whether it was made from its parent, as the last instructions say.
    from_base: bool,
}

impl<V: Visitor> Worker<'_, V> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn run(&mut self, job: &Job) {
        match job {
            Job::Families { pack: number, roots } => {
                let plan = self.plan.packs.get(*number);
                if let (Some(pack), Some(plan)) = (self.objects.packs().get(*number), plan) {
                    for root in plan.roots.get(roots.clone()).unwrap_or_default() {
                        self.family(pack, plan, *root);
                    }
                }
            }
            Job::Singles(range) => {
                for object in self.plan.singles.get(range.clone()).unwrap_or_default() {
                    self.single(*object);
                }
            }
        }
    }

    fn single(&mut self, object: u32) {
        if self.stopped() {
            return;
        }
        match self.objects.read_with(object, self.limit, &mut self.scratch) {
            Ok((kind, data)) => {
                let idx = ObjIdx(object);
                let data = data.as_slice();
                self.visitor.visit(Visit { idx, kind, data, base: None, has_children: false });
            }
            Err(error) => self.visitor.failed(ObjIdx(object), error),
        }
    }

    /// Reads an entry and all that is made from it. The way back up is a list, not the stack of
    /// the thread: a hostile chain is as long as it likes.
    fn family(&mut self, pack: &Pack, plan: &PackPlan, root: u32) {
        let mut open: Vec<Member<V::State>> = Vec::new();
        let read = self.root(pack, root);
        self.member(pack, plan, root, read, None).into_iter().for_each(|member| open.push(member));
        while let Some(parent) = open.last_mut() {
            let child = parent.children.next().and_then(|at| plan.child(at));
            let last = parent.children.is_empty();
            let Some(child) = child.filter(|_| !self.stopped()) else { return };
            let read = self.child(pack, child, &parent.content);
            let member = self.member(pack, plan, child, read, Some(&*parent));
            if last && let Some(Member { content: Content::Read(_, data, _), .. }) = open.pop() {
                self.scratch.pool.give(data);
            }
            open.extend(member);
        }
    }

    fn root(&mut self, pack: &Pack, entry: u32) -> Result<Made, ObjectError> {
        let read = pack.whole(entry, self.limit, &mut self.scratch);
        let read = read.or_else(|error| self.elsewhere(pack.object(entry), error));
        read.map(|(kind, data)| Made { kind, data, from_base: false })
    }

    fn child(
        &mut self,
        pack: &Pack,
        entry: u32,
        parent: &Content<V::State>,
    ) -> Result<Made, ObjectError> {
        let error = match parent {
            Content::Read(kind, base, _) => {
                match pack.made(entry, base.as_slice(), self.limit, &mut self.scratch) {
                    Ok(data) => return Ok(Made { kind: *kind, data, from_base: true }),
                    Err(error) => error,
                }
            }
            Content::TooLarge => pack.base_too_large(entry, self.limit, &mut self.scratch),
            Content::Lost => unreadable(BASE_UNREADABLE),
        };
        let read = self.elsewhere(pack.object(entry), error);
        read.map(|(kind, data)| Made { kind, data, from_base: false })
    }

    fn elsewhere(
        &mut self,
        object: u32,
        error: ObjectError,
    ) -> Result<(ObjectKind, Buffer), ObjectError> {
        self.objects.elsewhere(object, error, self.limit, &mut self.scratch)
    }

    /// Shows an entry to the visitor, and returns it if others are made from it.
    fn member(
        &mut self,
        pack: &Pack,
        plan: &PackPlan,
        entry: u32,
        read: Result<Made, ObjectError>,
        parent: Option<&Member<V::State>>,
    ) -> Option<Member<V::State>> {
        let object = pack.object(entry);
        let shown = plan.shown(entry);
        let children = plan.children(entry);
        let content = match read {
            Ok(Made { kind, data, from_base }) => {
                let has_children = !children.is_empty() && plan.has_shown_children(entry);
                let state = shown.then(|| {
                    let ops = &self.scratch.ops;
                    let base = parent.filter(|_| from_base).and_then(|parent| parent.base(ops));
                    let idx = ObjIdx(object);
                    let visit = Visit { idx, kind, data: data.as_slice(), base, has_children };
                    self.visitor.visit(visit)
                });
                Content::Read(kind, data, state.filter(|_| has_children))
            }
            Err(error) => {
                let too_large = matches!(error, ObjectError::TooLarge(_))
                    || parent.is_some_and(|parent| matches!(parent.content, Content::TooLarge));
                if shown {
                    self.visitor.failed(ObjIdx(object), error);
                }
                if too_large { Content::TooLarge } else { Content::Lost }
            }
        };
        if children.is_empty() {
            if let Content::Read(_, data, _) = content {
                self.scratch.pool.give(data);
            }
            return None;
        }
        Some(Member { object, children, content })
    }
}
